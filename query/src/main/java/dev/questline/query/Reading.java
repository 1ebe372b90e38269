package dev.questline.query;

import dev.questline.event.UserError;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.execution.command.DescribeQueryCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/**
 * Sees to it that a statement only reads, and that the tables it reads are there: walks the parsed plan once, before
 * Spark resolves any name in it.
 */
final class Reading {
    static final String SUMMARIZE = "SUMMARIZE";

    private static final Set<String> KEYWORDS = Set.of(
            "SELECT",
            "WITH",
            "VALUES",
            "FROM",
            "TABLE",
            "(",
            "SHOW",
            "DESCRIBE",
            "DESC",
            "EXPLAIN",
            SUMMARIZE,
            "CREATE",
            "DROP");
    private static final Pattern QUERY = Pattern.compile(
            "\\s*(\\(|(select|with|values|from|table)\\b(?!\\s*$)).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Functions that call any Java method. */
    private static final Set<String> JAVA_CALLS = Set.of("reflect", "try_reflect", "java_method");

    private final Tables tables;

    Reading(Tables tables) {
        this.tables = tables;
    }

    /** Throws unless the statement starts as a query does. */
    static void check(Statement statement) {
        if (!KEYWORDS.contains(statement.keyword())) {
            throw notAllowed(statement.keyword());
        }
    }

    /** Whether this is the text of a query rather than the name of a table. */
    static boolean startsWithQuery(String text) {
        return QUERY.matcher(text).matches();
    }

    /** The same plan, its tables registered in the session. Throws if it would do anything but read. */
    LogicalPlan of(LogicalPlan plan) {
        if (plan instanceof ExplainCommand explain) {
            return explain.copy(of(explain.logicalPlan()), explain.mode());
        }
        if (plan instanceof DescribeQueryCommand describe) {
            return describe.copy(describe.queryText(), of(describe.plan()));
        }
        return plan.transformDownWithSubqueries(new Visit());
    }

    private LogicalPlan visit(LogicalPlan node) {
        checkReads(node);
        if (node instanceof UnresolvedWith with) {
            return with.copy(with.child(), definitions(with), with.allowRecursion());
        }
        if (node instanceof UnresolvedRelation relation) {
            return relation.copy(
                    tables.use(relation.multipartIdentifier(), Place.of(relation.origin())),
                    relation.options(),
                    relation.isStreaming());
        }
        if (node instanceof UnresolvedTableOrView named) {
            return named.copy(
                    tables.use(named.multipartIdentifier(), Place.of(named.origin())),
                    named.commandName(),
                    named.allowTempView());
        }
        return node;
    }

    private Seq<Tuple3<String, SubqueryAlias, Option<Object>>> definitions(UnresolvedWith with) {
        var definitions = CollectionConverters.asJava(with.cteRelations());
        definitions.forEach(definition -> tables.shadow(definition._1()));
        return CollectionConverters.asScala(definitions.stream()
                        .map(definition ->
                                new Tuple3<>(definition._1(), (SubqueryAlias) of(definition._2()), definition._3()))
                        .toList())
                .toSeq();
    }

    private static void checkReads(LogicalPlan node) {
        var kind = node.getClass().getSimpleName();
        var harmless = kind.startsWith("Show") || kind.startsWith("Describe") || kind.startsWith("Explain");
        if ((node instanceof Command && !harmless)
                || node instanceof ParsedStatement
                || node instanceof InsertIntoDir
                || node instanceof PlanWithUnresolvedIdentifier
                || node instanceof ScriptTransformation) {
            throw notAllowed(kind.replaceAll("Command$", "")
                    .replaceAll("([a-z])([A-Z])", "$1 $2")
                    .toUpperCase(Locale.ROOT));
        }
        CollectionConverters.asJava(node.expressions()).forEach(Reading::checkReads);
    }

    private static void checkReads(Expression expression) {
        if (expression instanceof ExpressionWithUnresolvedIdentifier) {
            throw notAllowed("IDENTIFIER(…)");
        }
        if (expression instanceof UnresolvedFunction function
                && JAVA_CALLS.contains(function.nameParts().last().toLowerCase(Locale.ROOT))) {
            throw UserError.wrongUse("the function " + function.nameParts().last() + " is not allowed here");
        }
        CollectionConverters.asJava(expression.children()).forEach(Reading::checkReads);
    }

    private static UserError notAllowed(String what) {
        return UserError.wrongUse(what + " is not allowed: only queries are (" + String.join(", ", allowed())
                + "); tables are written by 'questline extract --write'");
    }

    private static List<String> allowed() {
        return List.of(
                "SELECT", "WITH", "VALUES", "SHOW", "DESCRIBE", "EXPLAIN", SUMMARIZE, "CREATE or DROP TEMPORARY VIEW");
    }

    private final class Visit extends AbstractPartialFunction<LogicalPlan, LogicalPlan> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean isDefinedAt(LogicalPlan node) {
            return true;
        }

        @Override
        public LogicalPlan apply(LogicalPlan node) {
            return visit(node);
        }
    }
}
