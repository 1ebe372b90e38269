package dev.questline.query;

import dev.questline.event.DidYouMean;
import dev.questline.event.UserError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.ExpressionWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTable;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableOrView;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.expressions.WindowSpecDefinition;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
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
    private final String script;

    /** What the names that a {@code with} defines are called instead, innermost first: they hide tables only in there. */
    private final Deque<Map<String, String>> definitions = new ArrayDeque<>();

    /** @param script what the statement stands in, for the places in errors */
    Reading(Tables tables, String script) {
        this.tables = tables;
        this.script = script;
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
            return within(with);
        }
        if (node instanceof WithWindowDefinition windows) {
            return windows.copy(readOnly(windows.windowDefinitions()), windows.child(), windows.forPipeSQL());
        }
        if (node instanceof UnresolvedRelation relation) {
            return read(relation);
        }
        if (node instanceof UnresolvedTableOrView named) {
            var view = tables.use(named.multipartIdentifier(), Place.of(named.origin(), script), List.of());
            return named.copy(name(view), named.commandName(), named.allowTempView());
        }
        if (node instanceof UnresolvedTable named) {
            // There has to be one to say it of.
            tables.use(named.multipartIdentifier(), Place.of(named.origin(), script), List.of());
            throw UserError.failed(Mistakes.notForTables(named.commandName()));
        }
        return node;
    }

    /** Its view, by the name that the statement calls it; what has been read already is met again below that. */
    private LogicalPlan read(UnresolvedRelation relation) {
        var name = relation.multipartIdentifier();
        if (name.size() == 1 && Views.isNumbered(name.last())) {
            return relation;
        }
        var view = defined(name).orElseGet(() -> use(relation));
        var read = relation.copy(name(view), relation.options(), relation.isStreaming());
        return Views.isNumbered(view) ? new SubqueryAlias(alias(name.last()), read) : read;
    }

    private String use(UnresolvedRelation relation) {
        var defined = definitions.stream()
                .flatMap(names -> names.keySet().stream())
                .distinct()
                .toList();
        return tables.use(relation.multipartIdentifier(), Place.of(relation.origin(), script), defined);
    }

    private static AliasIdentifier alias(String name) {
        return new AliasIdentifier(name);
    }

    private static Seq<String> name(String view) {
        return CollectionConverters.asScala(List.of(view)).toSeq();
    }

    private Optional<String> defined(Seq<String> name) {
        return definitions.stream()
                .filter(known -> name.size() == 1 && known.containsKey(Views.key(name.last())))
                .map(known -> String.valueOf(known.get(Views.key(name.last()))))
                .findFirst();
    }

    /** A definition sees those before it, and itself only if it is recursive. */
    private LogicalPlan within(UnresolvedWith with) {
        var names = new HashMap<String, String>();
        var renamed = new ArrayList<Tuple3<String, SubqueryAlias, Option<Object>>>();
        definitions.push(names);
        try {
            for (var definition : CollectionConverters.asJava(with.cteRelations())) {
                var key = Views.key(definition._1());
                var name = Views.isNumbered(key) ? key : Views.numbered(key);
                if (with.allowRecursion()) {
                    names.put(key, name);
                }
                var query = of(definition._2().child());
                renamed.add(new Tuple3<>(name, new SubqueryAlias(alias(name), query), definition._3()));
                names.put(key, name);
            }
            return with.copy(
                    of(with.child()), CollectionConverters.asScala(renamed).toSeq(), with.allowRecursion());
        } finally {
            definitions.pop();
        }
    }

    /** Windows that are defined by a name, which are no expressions of their node. */
    private scala.collection.immutable.Map<String, WindowSpecDefinition> readOnly(
            scala.collection.immutable.Map<String, WindowSpecDefinition> windows) {
        var read = new HashMap<String, WindowSpecDefinition>();
        CollectionConverters.asJava(windows).forEach((name, window) -> {
            checkReads(window);
            read.put(name, (WindowSpecDefinition) window.transformDown(new Subqueries()));
        });
        return scala.collection.immutable.Map.from(CollectionConverters.asScala(read));
    }

    private static void checkReads(LogicalPlan node) {
        var kind = node.getClass().getSimpleName();
        var harmless = kind.startsWith("Show") || kind.startsWith("Describe") || kind.startsWith("Explain");
        if ((node instanceof Command && !harmless)
                || node instanceof ParsedStatement
                || node instanceof InsertIntoDir
                || node instanceof ScriptTransformation) {
            throw notAllowed(kind.replaceAll("Command$", "")
                    .replaceAll("([a-z])([A-Z])", "$1 $2")
                    .toUpperCase(Locale.ROOT));
        }
        if (node instanceof PlanWithUnresolvedIdentifier) {
            throw notAllowed("IDENTIFIER(…)");
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
        var hint = DidYouMean.hint(what, allowed());
        if (hint.contains("did you mean")) {
            return UserError.wrongUse("there is no statement " + what + hint);
        }
        return UserError.wrongUse(what + " is not allowed: only queries are (" + String.join(", ", allowed())
                + "); tables are written by 'questline extract --write'");
    }

    private static List<String> allowed() {
        return List.of(
                "SELECT",
                "WITH",
                "VALUES",
                "SHOW",
                "DESCRIBE",
                "EXPLAIN",
                SUMMARIZE,
                "CREATE TEMPORARY VIEW",
                "DROP VIEW");
    }

    private final class Subqueries extends AbstractPartialFunction<Expression, Expression> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean isDefinedAt(Expression expression) {
            return expression instanceof SubqueryExpression;
        }

        @Override
        public Expression apply(Expression expression) {
            var subquery = (SubqueryExpression) expression;
            return subquery.withNewPlan(of(subquery.plan()));
        }
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
