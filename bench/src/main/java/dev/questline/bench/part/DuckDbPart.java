package dev.questline.bench.part;

import java.sql.DriverManager;

/** DuckDB on the Parquet files of a folder: {@code FOLDER}. */
public final class DuckDbPart {
    private DuckDbPart() {}

    public static void main(String[] args) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statements = connection.createStatement()) {
            statements.execute("create view " + Purchases.TABLE + " as from read_parquet('" + args[0] + "/*.parquet')");
            Answering.serve(statement -> {
                var rows = 0;
                try (var result = statements.executeQuery(statement)) {
                    var columns = result.getMetaData().getColumnCount();
                    while (result.next()) {
                        for (var i = 1; i <= columns; i++) {
                            result.getString(i);
                        }
                        rows++;
                    }
                }
                return rows;
            });
        }
    }
}
