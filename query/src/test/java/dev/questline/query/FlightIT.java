package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.query.flight.SqlDoor;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a JDBC driver that is none of ours makes of it. */
@Timeout(120)
class FlightIT {
    private static final String ENDLESS = "select count(*) from range(1000000000000) where id % 7 = sqrt(id)";

    @TempDir
    private static Path project;

    private static SqlDoor door;

    private Connection connection;

    @BeforeAll
    static void open() {
        LocalSpark.writePurchases(project);
        door = new SqlDoor(0);
        door.open(LocalSpark.SPARK, options(project));
    }

    @AfterAll
    static void close() {
        door.close();
    }

    static SqlOptions options(Path project) {
        return CommandLine.populateCommand(new SqlOptions(), "--project", project.toString(), "--timeout", "5m");
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = newConnection();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private static Connection newConnection() throws SQLException {
        return newConnection(door.port());
    }

    private static Connection newConnection(int port) throws SQLException {
        return DriverManager.getConnection("jdbc:arrow-flight-sql://127.0.0.1:" + port + "/?useEncryption=false");
    }

    @Test
    void everyTypeThatArrowCarries() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select 'é😀' as s, true as y, 1Y as i1, 2S as i2, 3 as i4, 4L as i8,"
                        + " 1.5F as f, double('NaN') as d, 12.50BD as m, date'9999-12-31' as day,"
                        + " timestamp'2026-01-02 03:04:05.678901' as t, timestamp_ntz'2026-01-02 03:04:05.5' as local,"
                        + " X'00FF' as b, null as nothing, array(1, null, 3) as a, struct(1 as x, 'z' as y) as o,"
                        + " map('k', 2) as h, interval '1' day as i, make_interval(0, 1, 0, 2) as c,"
                        + " parse_json('{\"v\":1}') as v, cast(null as int) as n")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("s")).isEqualTo("é😀");
            assertThat(row.getBoolean("y")).isTrue();
            assertThat(row.getByte("i1")).isEqualTo((byte) 1);
            assertThat(row.getShort("i2")).isEqualTo((short) 2);
            assertThat(row.getInt("i4")).isEqualTo(3);
            assertThat(row.getLong("i8")).isEqualTo(4);
            assertThat(row.getFloat("f")).isEqualTo(1.5f);
            assertThat(row.getDouble("d")).isNaN();
            assertThat(row.getBigDecimal("m")).isEqualTo(new BigDecimal("12.50"));
            assertThat(row.getDate("day").toString()).isEqualTo("9999-12-31");
            assertThat(row.getTimestamp("t", Calendar.getInstance(TimeZone.getTimeZone("UTC")))
                            .toInstant())
                    .hasToString("2026-01-02T03:04:05.678901Z");
            assertThat(row.getTimestamp("local")).isEqualTo(Timestamp.valueOf("2026-01-02 03:04:05.5"));
            assertThat(row.getBytes("b")).containsExactly(0, 255);
            assertThat(row.getObject("nothing")).isNull();
            assertThat((Object[]) row.getArray("a").getArray()).containsExactly(1, null, 3);
            assertThat(row.getObject("o")).hasToString("{\"x\":1,\"y\":\"z\"}");
            assertThat(row.getObject("h")).hasToString("{\"k\":2}");
            assertThat(row.getString("i")).isEqualTo("PT24H");
            assertThat(row.getString("c")).isEqualTo("1 months 2 days");
            assertThat(row.getString("v")).isEqualTo("{\"v\":1}");
            assertThat(row.getInt("n")).isZero();
            assertThat(row.wasNull()).isTrue();
            assertThat(row.next()).isFalse();
        }
    }

    @Test
    void tablesByTheirNamesAndPaths() throws SQLException {
        assertThat(number("select count(*) from PURCHASES")).isEqualTo(3);
        assertThat(number("select max(n) from parquet.`lake/purchases`")).isEqualTo(3);
        assertThat(number("with p as (select * from purchases) select count(*) from p;"))
                .isEqualTo(3);
        assertThat(texts("show tables")).contains("purchases");
        assertThat(texts("describe purchases")).containsExactly("Host", "User-Agent", "n");
        assertThat(texts("explain select 1").get(0)).contains("Physical Plan");
        assertThat(texts("summarize purchases")).containsExactly("Host", "User-Agent", "n");
        assertThat(texts("summarize select Host from purchases")).containsExactly("Host");
    }

    @Test
    void columnsOfAnyNameAndTheSameTwice() throws SQLException {
        LocalSpark.write(project, "odd", "select 1 as `User-Agent`, 2 as `a b`, 3 as `a.b`, 4 as `😀`, 5 as `a``b`");
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select *, 6 as `a b` from odd")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getInt("User-Agent")).isEqualTo(1);
            assertThat(row.getInt("a.b")).isEqualTo(3);
            assertThat(row.getInt("😀")).isEqualTo(4);
            assertThat(row.getInt("a`b")).isEqualTo(5);
            assertThat(row.getInt(2)).isEqualTo(2);
            assertThat(row.getInt(6)).isEqualTo(6);
            assertThat(row.getMetaData().getColumnName(6)).isEqualTo("a b");
        }
        assertThat(number("select x from (select struct(1 as x, 2 as x) as s), lateral (select 7 as x)"))
                .isEqualTo(7);
    }

    @Test
    void noRowsAndManyPartitions() throws SQLException {
        assertThat(texts("select * from purchases where n > 9")).isEmpty();
        assertThat(number("select count(*) from (select * from range(0, 1000, 1, 50) order by id)"))
                .isEqualTo(1000);
        assertThat(texts("select id from range(0, 100, 1, 7) order by id desc limit 3"))
                .containsExactly("99", "98", "97");
    }

    @Test
    void mistakesAreToldAsInTheTerminal() {
        assertMistake(
                "select Hots\nfrom purchases", "line 1, column 8: there is no column 'Hots'; did you mean 'Host'?");
        assertMistake("select * from purchase", "there is no table 'purchase'", "did you mean 'purchases'");
        assertMistake("select 1 1", "syntax error at '1'");
        assertMistake("drop table purchases", "DROP TABLE is not allowed: only queries are");
        assertMistake("insert into purchases values (1)", "INSERT is not allowed");
        assertMistake("select 1; select 2", "there are 2 statements; one at a time is allowed here");
        assertMistake("", "there is no statement");
        assertMistake("select * from purchases where n = ?", "a value for the parameter");
        assertMistake("select raise_error('so it is')", "so it is");
        assertMistake("select 1 / (n - n) from purchases", "Division by zero");
    }

    private void assertMistake(String sql, String... says) {
        assertThatThrownBy(() -> number(sql))
                .isInstanceOf(SQLException.class)
                .message()
                .contains(says)
                .doesNotContain("\tat ", "Exception:", "internal error");
    }

    @Test
    void viewsStayInTheirConnection() throws SQLException {
        try (var other = newConnection();
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("create temporary view answers as select 41 as x"))
                    .isZero();
            assertThat(number("select x + 1 from answers")).isEqualTo(42);
            assertThat(statement.execute("create or replace temp view purchases as select 7 as x"))
                    .isFalse();
            assertThat(number("select x from purchases")).isEqualTo(7);
            assertThat(names(connection.getMetaData().getTables(null, null, "%", new String[] {"VIEW"})))
                    .containsExactly("answers", "purchases");

            assertThat(number(other, "select count(*) from purchases")).isEqualTo(3);
            assertThatThrownBy(() -> number(other, "select * from answers")).hasMessageContaining("no table 'answers'");

            statement.executeUpdate("drop view purchases");
            assertThat(number("select count(*) from purchases")).isEqualTo(3);
        }
    }

    @Test
    void aPreparedStatementSeesWhatIsThereWhenItRuns() throws SQLException {
        LocalSpark.write(project, "growing", "select 1 as n");
        try (var count = connection.prepareStatement("select sum(n) as n from growing");
                var all = connection.prepareStatement("select * from growing")) {
            assertThat(number(count.executeQuery())).isEqualTo(1);
            LocalSpark.write(project, "growing", "select 1 as n union all select 2");
            assertThat(number(count.executeQuery())).isEqualTo(3);
            LocalSpark.write(project, "growing", "select 0 as a, 1 as n");
            assertThat(number(count.executeQuery())).isEqualTo(1);
            assertThatThrownBy(all::executeQuery).hasMessageContaining("prepare it again");
        }
    }

    @Test
    void anUpdateIsRefused() throws SQLException {
        try (var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeUpdate("delete from purchases"))
                    .hasMessageContaining("DELETE is not allowed");
            assertThatThrownBy(() -> statement.executeUpdate("create table t as select 1"))
                    .hasMessageContaining("is not allowed");
        }
    }

    @Test
    void toolsFindTheTablesAndTheirColumns() throws SQLException {
        var metadata = connection.getMetaData();
        assertThat(metadata.getDatabaseProductName()).isEqualTo("Questline");
        assertThat(metadata.getIdentifierQuoteString()).isEqualTo("`");
        assertThat(metadata.isReadOnly()).isTrue();
        assertThat(texts(metadata.getCatalogs())).isEmpty();
        assertThat(texts(metadata.getSchemas())).isEmpty();
        assertThat(texts(metadata.getTableTypes())).containsExactly("TABLE", "VIEW");
        assertThat(names(metadata.getTables(null, null, null, null))).contains("events", "purchases");
        assertThat(names(metadata.getTables("", "", "purch%", new String[] {"TABLE"})))
                .containsExactly("purchases");
        assertThat(names(metadata.getTables("another", null, null, null))).isEmpty();
        assertThat(names(metadata.getTables(null, "another", null, null))).isEmpty();
        assertThat(texts(metadata.getPrimaryKeys(null, null, "purchases"))).isEmpty();
        assertThat(texts(metadata.getImportedKeys(null, null, "purchases"))).isEmpty();

        var columns = new ArrayList<String>();
        try (var rows = metadata.getColumns(null, null, "purchases", "%")) {
            while (rows.next()) {
                columns.add(rows.getInt("ORDINAL_POSITION") + " " + rows.getString("COLUMN_NAME") + " "
                        + rows.getString("TYPE_NAME"));
            }
        }
        assertThat(columns).containsExactly("1 Host VARCHAR", "2 User-Agent VARCHAR", "3 n BIGINT");
    }

    @Test
    void everyQuestionOfJdbcHasAnAnswer() throws Exception {
        var metadata = connection.getMetaData();
        var failed = new ArrayList<String>();
        for (var question : DatabaseMetaData.class.getMethods()) {
            if (question.getParameterCount() == 0) {
                try {
                    if (question.invoke(metadata) instanceof ResultSet rows) {
                        rows.close();
                    }
                } catch (ReflectiveOperationException e) {
                    failed.add(question.getName() + ": " + e.getCause());
                }
            }
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void cancelEndsTheJob() throws Exception {
        try (var statement = connection.createStatement()) {
            var running = running(statement);
            awaitJobs(1);
            statement.cancel();
            assertThatThrownBy(running::join).hasRootCauseInstanceOf(Exception.class);
            awaitJobs(0);
        }
        assertThat(number("select 1")).isEqualTo(1);
    }

    private static CompletableFuture<ResultSet> running(Statement statement) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return statement.executeQuery(ENDLESS);
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                },
                task -> new Thread(task).start());
    }

    @Test
    void aTimeoutOfTheClientsEndsTheJob() throws Exception {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.executeQuery(ENDLESS)).hasRootCauseInstanceOf(SQLTimeoutException.class);
        }
        awaitJobs(0);
    }

    @Test
    void aClientThatGoesEndsItsJob() throws Exception {
        try (var cable = new Cable(door.port())) {
            var going = newConnection(cable.port()).createStatement();
            var running = running(going);
            awaitJobs(1);
            cable.cut();
            awaitJobs(0);
            assertThatThrownBy(running::join).hasRootCauseInstanceOf(Exception.class);
        }
    }

    @Test
    void millionsOfRowsComeInBoundedBatches() throws Exception {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select id, 'x' as x from range(0, 10000000, 1, 3)")) {
            long count = 0;
            long sum = 0;
            while (rows.next()) {
                count++;
                sum += rows.getLong(1);
            }
            assertThat(count).isEqualTo(10_000_000);
            assertThat(sum).isEqualTo(9_999_999L * 10_000_000 / 2);
        }
    }

    @Test
    void aReaderThatStopsLeavesTheRestUncomputed() throws Exception {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("select rand() as x from range(0, 100000000000, 1, 1)")) {
            for (int i = 0; i < 100_000; i++) {
                assertThat(rows.next()).isTrue();
            }
        }
        awaitJobs(0);
    }

    @Test
    void statementsOfOneConnectionRunAtOnce() {
        var counts = new ArrayList<CompletableFuture<Long>>();
        for (int i = 0; i < 12; i++) {
            var query = "select count(*) + " + i + " from purchases, range(1000)";
            counts.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return number(query);
                        } catch (SQLException e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> new Thread(task).start()));
        }
        for (int i = 0; i < 12; i++) {
            assertThat(counts.get(i).join()).isEqualTo(3000 + i);
        }
    }

    private static void awaitJobs(int jobs) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (LocalSpark.SPARK.sparkContext().statusTracker().getActiveJobIds().length != jobs) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
            Thread.sleep(50);
        }
    }

    private long number(String sql) throws SQLException {
        return number(connection, sql);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return number(statement.executeQuery(sql));
        }
    }

    private static long number(ResultSet rows) throws SQLException {
        try (rows) {
            assertThat(rows.next()).isTrue();
            var number = rows.getLong(1);
            assertThat(rows.next()).isFalse();
            return number;
        }
    }

    private List<String> texts(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            return texts(statement.executeQuery(sql));
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        return column(rows, 1);
    }

    private static List<String> names(ResultSet tables) throws SQLException {
        return column(tables, 3);
    }

    private static List<String> column(ResultSet rows, int column) throws SQLException {
        var values = new ArrayList<String>();
        try (rows) {
            while (rows.next()) {
                values.add(rows.getString(column));
            }
        }
        return values;
    }
}
