package dev.questline.query;

import dev.questline.event.UserError;
import java.time.Duration;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.LocalTempView$;
import org.apache.spark.sql.catalyst.analysis.UnresolvedIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.DropView;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import scala.jdk.javaapi.CollectionConverters;

/** Runs statements for one caller in a session that may go on after them, and then has the caller's own views alone. */
final class Sql {
    private final SparkSession spark;
    private final SqlOptions options;
    private final Caller caller;
    private final Results results;
    private final Duration timeout;

    Sql(org.apache.spark.sql.SparkSession spark, SqlOptions options, Caller caller) {
        this.spark = (SparkSession) spark;
        this.options = options;
        this.caller = caller;
        this.timeout = options.timeout();
        this.results = new Results(options.output(), options.limit(), caller);
    }

    /** Runs them in order, each shown before the next starts; ends at the first that fails. */
    void run(List<Statement> statements) {
        statements.forEach(Reading::check);
        statements.forEach(this::run);
    }

    private void run(Statement statement) {
        try (var guard = new Guard(spark.sparkContext(), timeout)) {
            try {
                inOwnTables(statement);
            } catch (Exception e) {
                throw guard.reason()
                        .map(reason -> (RuntimeException) UserError.failed(reason, e))
                        .orElseGet(() -> explained(e, statement));
            }
        }
    }

    private RuntimeException explained(Exception e, Statement statement) {
        return e instanceof UserError error ? error : new Failure(spark, statement).explain(e);
    }

    /** What the tables have made of the session is undone. */
    private void inOwnTables(Statement statement) throws Exception {
        var withCase = spark.conf().get(Views.CASE_SENSITIVE);
        var tables = new Tables(spark, options, caller);
        try {
            run(statement, tables);
        } finally {
            tables.forget();
            spark.conf().set(Views.CASE_SENSITIVE, withCase);
        }
    }

    private void run(Statement statement, Tables tables) throws Exception {
        if (statement.keyword().equals(Reading.SUMMARIZE)) {
            results.print(new Summary(query(statement, tables)).rows());
            return;
        }
        var plan = parse(statement.text());
        if (plan instanceof ShowTables show) {
            results.print(tables.list(spark, show.pattern()));
        } else if (plan instanceof ExplainCommand) {
            results.printText(dataset(plan, tables));
        } else if (plan instanceof CreateViewCommand view && view.viewType() == LocalTempView$.MODULE$) {
            define(view, tables);
        } else if (plan instanceof DropView view && view.child() instanceof UnresolvedIdentifier name) {
            drop(name, view.ifExists());
        } else {
            results.print(dataset(plan, tables));
        }
    }

    /** What is to be summarized: a query, or all of a table. */
    private Dataset<Row> query(Statement statement, Tables tables) throws Exception {
        var keyword = Reading.startsWithQuery(statement.rest()) ? "" : "TABLE";
        return dataset(parse(statement.textWithKeyword(keyword)), tables);
    }

    private LogicalPlan parse(String text) throws Exception {
        return spark.sessionState().sqlParser().parsePlan(text);
    }

    private Dataset<Row> dataset(LogicalPlan plan, Tables tables) {
        return org.apache.spark.sql.classic.Dataset.ofRows(spark, new Reading(tables).of(plan));
    }

    /** Of the tables as they are now: a view of the log has the events up to here. */
    private void define(CreateViewCommand view, Tables tables) throws Exception {
        var rows = dataset(view.plan(), tables);
        if (view.userSpecifiedColumns().nonEmpty()) {
            rows = rows.toDF(names(view));
        }
        tables.forget(); // The view may have the name of one of them.
        var name = "`" + view.name().table().replace("`", "``") + "`";
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
        var name = String.join(".", CollectionConverters.asJava(view.nameParts()));
        if (!spark.sessionState().catalog().dropTempView(name) && !ifExists) {
            throw UserError.failed("there is no view '" + name + "' in this session");
        }
    }
}
