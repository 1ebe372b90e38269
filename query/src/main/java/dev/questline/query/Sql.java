package dev.questline.query;

import dev.questline.event.UserError;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ShowTables;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.command.ExplainCommand;

/** Runs statements for one caller in a session of the caller's own. */
final class Sql {
    private final SparkSession spark;
    private final Tables tables;
    private final Results results;

    Sql(org.apache.spark.sql.SparkSession spark, SqlOptions options, Caller caller) {
        this.spark = (SparkSession) spark;
        this.tables = new Tables(this.spark, options, caller);
        this.results = new Results(options.output(), options.limit(), caller);
    }

    /** Runs them in order, each shown before the next starts; ends at the first that fails. */
    void run(List<Statement> statements) {
        statements.forEach(Reading::check);
        for (var statement : statements) {
            try {
                run(statement);
            } catch (UserError e) {
                throw e;
            } catch (Exception e) {
                throw new Failure(spark, statement).explain(e);
            }
        }
    }

    private void run(Statement statement) throws Exception {
        if (statement.keyword().equals(Reading.SUMMARIZE)) {
            results.print(new Summary(query(statement)).rows());
            return;
        }
        var plan = parse(statement.text());
        if (plan instanceof ShowTables show) {
            results.print(tables.list(spark, show.pattern()));
        } else if (plan instanceof ExplainCommand) {
            results.printText(dataset(plan));
        } else {
            results.print(dataset(plan));
        }
    }

    /** What is to be summarized: a query, or all of a table. */
    private Dataset<Row> query(Statement statement) throws Exception {
        var keyword = Reading.startsWithQuery(statement.rest()) ? "" : "TABLE";
        return dataset(parse(statement.textWithKeyword(keyword)));
    }

    private LogicalPlan parse(String text) throws Exception {
        return spark.sessionState().sqlParser().parsePlan(text);
    }

    private Dataset<Row> dataset(LogicalPlan plan) {
        return org.apache.spark.sql.classic.Dataset.ofRows(spark, new Reading(tables).of(plan));
    }
}
