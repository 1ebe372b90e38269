package dev.questline.query;

import dev.questline.event.UserError;
import java.io.IOException;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Runs statements for one caller in a session that may go on after them, and then has the caller's own views alone. */
final class Sql {
    private final SparkSession spark;
    private final SqlOptions options;
    private final Caller caller;
    private final Results results;
    private final Limits limits;

    Sql(org.apache.spark.sql.SparkSession spark, SqlOptions options, Caller caller) {
        this.spark = (SparkSession) spark;
        this.options = options;
        this.caller = caller;
        this.limits = new Limits(this.spark, options.timeout());
        this.results = new Results(options.output(), options.limit(), caller);
    }

    /** Runs them in order, each shown before the next starts; ends at the first that fails. */
    void run(List<Statement> statements) {
        statements.forEach(Reading::check);
        if (options.output() == SqlOptions.Output.PARQUET) {
            checkOneResult(statements);
        }
        statements.forEach(this::run);
    }

    /** Two Parquet files one after the other are one with wrong values. */
    private static void checkOneResult(List<Statement> statements) {
        var results = statements.stream()
                .filter(statement -> !List.of("CREATE", "DROP").contains(statement.keyword()))
                .count();
        if (results > 1) {
            throw UserError.wrongUse("--output parquet is one result; there are " + results);
        }
    }

    private void run(Statement statement) {
        limits.within(statement, () -> {
            inOwnTables(statement);
            return statement;
        });
    }

    /** What the tables have made of the session is undone. */
    private void inOwnTables(Statement statement) throws Exception {
        var withCase = spark.conf().get(Views.CASE_SENSITIVE);
        var tables = new Tables(spark, options, caller);
        try {
            var rows = new Meaning(spark, tables).of(statement);
            if (rows.isPresent()) {
                print(statement, rows.get());
            }
        } finally {
            tables.forget();
            spark.conf().set(Views.CASE_SENSITIVE, withCase);
        }
    }

    private void print(Statement statement, Dataset<Row> rows) throws IOException {
        if (statement.keyword().equals("EXPLAIN")) {
            results.printText(rows);
        } else {
            results.print(rows);
        }
    }
}
