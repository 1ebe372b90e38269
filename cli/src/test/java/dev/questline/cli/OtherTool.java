package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One that knows JDBC and nothing of Questline, and asks a stack whose log has swords and whose table is purchases. */
final class OtherTool {
    private final TestProject project;

    OtherTool(TestProject project) {
        this.project = project;
    }

    void asks() throws Exception {
        try (var connection = DriverManager.getConnection(project.jdbcUrl());
                var statement = connection.createStatement();
                var events =
                        connection.prepareStatement("select count(*) from events where event_type = 'purchase_sword'");
                var tables = connection.getMetaData().getTables(null, null, "%", null)) {
            var before = number(events.executeQuery());
            assertThat(before).isEqualTo(number(statement.executeQuery("select count(*) from purchases")));
            assertThat(project.get("/purchase_a_sword").statusCode()).isEqualTo(200);
            assertThat(number(events.executeQuery())).isEqualTo(before + 1);
            assertThatThrownBy(() -> statement.executeQuery("select Hots from purchases"))
                    .hasMessageContaining("line 1, column 8: there is no column 'Hots'; did you mean 'Host'?");
            var names = new ArrayList<String>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME"));
            }
            assertThat(names).containsExactly("events", "purchases");
        }
    }

    /** Events are taken meanwhile. */
    void asksForTooMuchAndGivesUp() throws Exception {
        try (var connection = DriverManager.getConnection(project.jdbcUrl());
                var statement = connection.createStatement()) {
            var running = CompletableFuture.runAsync(() -> runAway(statement));
            Thread.sleep(1_000);
            for (int i = 0; i < 100; i++) {
                assertThat(project.get("/").statusCode()).isEqualTo(200);
            }
            assertThat(running).isNotDone();
            statement.cancel();
            assertThatThrownBy(running::join).isInstanceOf(CompletionException.class);
        }
    }

    private static void runAway(Statement statement) {
        try {
            statement.executeQuery("select count(*) from range(1000000000000) where id % 7 = sqrt(id)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(ResultSet rows) throws SQLException {
        try (rows) {
            assertThat(rows.next()).isTrue();
            return rows.getLong(1);
        }
    }
}
