package dev.questline.query;

import dev.questline.event.DidYouMean;
import dev.questline.event.UserError;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.LocalTempView$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedNamespace;
import org.apache.spark.sql.catalyst.plans.logical.DropView;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.CommandExecutionMode;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** What a statement means in a session and with its tables: rows, or a change of the session's own views. */
final class Meaning {
    /** By which Spark calls that there is none. */
    private static final Set<String> DATABASES = Set.of("default", "spark_catalog.default");

    private final SparkSession spark;
    private final Tables tables;

    Meaning(SparkSession spark, Tables tables) {
        this.spark = spark;
        this.tables = tables;
    }

    /** Whether the statement changes the session and has no rows. */
    static boolean isChange(SparkSession spark, Statement statement) throws Exception {
        return !isSummary(statement) && isChange(parse(spark, statement.text()));
    }

    private static boolean isChange(LogicalPlan plan) {
        return plan instanceof CreateViewCommand view
                ? view.viewType() == LocalTempView$.MODULE$
                : plan instanceof DropView drop && drop.child() instanceof UnresolvedIdentifier;
    }

    static boolean isSummary(Statement statement) {
        return statement.keyword().equals(Reading.SUMMARIZE);
    }

    /** The statement's rows, not yet computed but for a summary's; none of one that changes the session, which it does. */
    Optional<Dataset<Row>> of(Statement statement) throws Exception {
        if (isSummary(statement)) {
            return Optional.of(new Summary(summarized(statement)).rows());
        }
        var plan = parse(spark, statement.text());
        if (isChange(plan)) {
            change(plan, statement);
            return Optional.empty();
        }
        return Optional.of(plan instanceof ShowTables show ? listed(show) : dataset(plan, statement));
    }

    private Dataset<Row> listed(ShowTables show) {
        if (show.namespace() instanceof UnresolvedNamespace named) {
            var database = name(named.multipartIdentifier());
            if (!DATABASES.contains(database.toLowerCase(Locale.ROOT))) {
                throw UserError.failed(Mistakes.unknownDatabase(database));
            }
        }
        return tables.list(spark, show.pattern());
    }

    private static String name(Seq<String> parts) {
        return String.join(".", CollectionConverters.asJava(parts));
    }

    /** What is to be summarized: a query, or all of a table. */
    Dataset<Row> summarized(Statement statement) throws Exception {
        var keyword = Reading.startsWithQuery(statement.rest()) ? "" : "TABLE";
        return dataset(parse(spark, statement.textWithKeyword(keyword)), statement);
    }

    private static LogicalPlan parse(SparkSession spark, String text) throws Exception {
        return spark.sessionState().sqlParser().parsePlan(text);
    }

    private Dataset<Row> dataset(LogicalPlan plan, Statement statement) {
        var read = new Reading(tables, statement.script()).of(plan);
        if (read instanceof ExplainCommand explain) {
            checkNames(explain.logicalPlan());
        }
        return org.apache.spark.sql.classic.Dataset.ofRows(spark, read);
    }

    /** Spark itself explains a mistake as it does a plan. */
    private void checkNames(LogicalPlan plan) {
        spark.sessionState().executePlan(plan, CommandExecutionMode.SKIP()).assertAnalyzed();
    }

    private void change(LogicalPlan plan, Statement statement) throws Exception {
        if (plan instanceof CreateViewCommand view) {
            define(view, statement);
        } else if (plan instanceof DropView view && view.child() instanceof UnresolvedIdentifier name) {
            drop(name, view.ifExists());
        }
    }

    /** Of the tables as they are now: a view of the log has the events up to here. */
    private void define(CreateViewCommand view, Statement statement) throws Exception {
        var rows = dataset(view.plan(), statement);
        if (view.userSpecifiedColumns().nonEmpty()) {
            rows = rows.toDF(names(view));
        }
        tables.forget(); // The view may have the name of one of them.
        var name = "`" + Views.key(view.name().table()).replace("`", "``") + "`";
        if (view.replace()) {
            rows.createOrReplaceTempView(name);
        } else {
            rows.createTempView(name);
        }
    }

    private static String[] names(CreateViewCommand view) {
        return CollectionConverters.asJava(view.userSpecifiedColumns()).stream()
                .map(column -> column._1())
                .toArray(String[]::new);
    }

    private void drop(UnresolvedIdentifier view, boolean ifExists) {
        var name = name(view.nameParts());
        if (!spark.sessionState().catalog().dropTempView(name) && !ifExists) {
            var hint = DidYouMean.hint(name, tables.viewsOfCaller()).replace("allowed are", "there are");
            throw UserError.failed("there is no view '" + name + "' in this session" + hint);
        }
    }
}
