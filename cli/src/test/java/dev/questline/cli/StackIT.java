package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.cli.TestProject.Result;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The workflow by hand: one stack, each command by itself, in the order a person would type them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StackIT {
    @TempDir
    static Path folder;

    private static TestProject project;

    @BeforeAll
    static void up() throws IOException {
        project = new TestProject(folder);
        var up = project.run("up", "-d");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(up.out())
                .contains("broker", "collector", "spark", project.url(), project.bootstrapServers(), project.jdbcUrl());
    }

    @AfterAll
    static void down() {
        var down = project.run("down", "-v");
        assertThat(down.exitCode()).isZero();
        assertThat(folder.resolve(".questline")).doesNotExist();
        assertThat(project.run("status").exitCode()).isEqualTo(1);
    }

    @Test
    @Order(1)
    void onceUpAllIsReady() throws Exception {
        var status = project.run("status", "--output", "json");
        assertThat(status.exitCode()).as(status.out()).isZero();
        assertThat(status.out()).contains("\"ready\":true");
        assertThat(project.run("up", "-d").exitCode()).as("a second up").isZero();
        assertThat(project.run("up").err()).contains("running already");
        var others = project.run("up", "-d", "--set", "kafka.partitions=2");
        assertThat(others.exitCode()).isEqualTo(1);
        assertThat(others.err()).contains("with kafka.partitions '1' where you want '2'");

        assertThat(project.get("/").body()).isEqualTo("This is the default response!\n");
        assertThat(project.get("/purchase_a_sword").body()).isEqualTo("Sword Purchased!\n");
        assertThat(project.get("/purchase_a_knife").statusCode()).isEqualTo(404);
        assertRows(project.run("sql", "select 1 as one"), 1);
    }

    @Test
    @Order(2)
    void loadIsReadBack() {
        var load = project.run(
                "load", "-n", "100", "-c", "4", "-H", "Host: user1.comcast.com", project.url() + "/purchase_a_sword");
        assertThat(load.exitCode()).as(load.out() + load.err()).isZero();
        assertThat(load.out()).containsPattern("Complete requests: +100").containsPattern("Lost: +0");
    }

    @Test
    @Order(3)
    void topicsByKafkasOwnTool() {
        for (int i = 0; i < 2; i++) {
            var create = project.run("kafka-topics", "--create", "--if-not-exists", "--topic", "events");
            assertThat(create.exitCode()).as(create.out() + create.err()).isZero();
        }
    }

    @Test
    @Order(4)
    void tailReadsTheLog() {
        var tail = project.run("tail", "-o", "beginning", "-e");
        assertThat(tail.exitCode()).as(tail.err()).isZero();
        assertThat(tail.out().lines()).hasSize(102).allMatch(line -> line.startsWith("{\"event_type\":"));
        assertThat(project.run("tail", "-o", "beginning", "-c", "3", "-f", "%t/%p@%o\\n")
                        .out())
                .isEqualTo("events/0@0\nevents/0@1\nevents/0@2\n");
    }

    @Test
    @Order(5)
    void catalogChangesWhileRunning() throws Exception {
        var good = Files.readString(project.file());
        Files.writeString(project.file(), "  purchase_knife:\n    rout: GET /x\n", StandardOpenOption.APPEND);
        awaitLog("did you mean 'route'");
        assertThat(project.get("/purchase_a_sword").statusCode())
                .as("the old catalog holds")
                .isEqualTo(200);

        Files.writeString(project.file(), good + TestProject.KNIFE);
        var saved = Instant.now();
        while (project.get("/purchase_a_knife").statusCode() != 200) {
            assertThat(Duration.between(saved, Instant.now())).isLessThan(Duration.ofSeconds(20));
            Thread.sleep(20);
        }
    }

    @Test
    @Order(6)
    void extractShowsColumns() {
        var all = project.run("extract");
        assertThat(all.exitCode()).as(all.err()).isZero();
        assertThat(all.out()).startsWith("root\n").contains(" |-- description: string (nullable = true)\n");
        var unknown = project.run("extract", "--event-type", "purchase_swrod");
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.err()).contains("did you mean 'purchase_sword'");
    }

    @Test
    @Order(7)
    void sparkLetsTheConsumersOfAStatementGo() throws Exception {
        var some = project.run("sql", "--output", "csv", "select count(*) > 0 as some from events");
        assertThat(some.out()).as(some.err()).isEqualTo("some\ntrue\n");
        var spark = project.processes().stream()
                .filter(process -> process.info().commandLine().orElse("").contains("query.Main"))
                .findFirst()
                .orElseThrow();
        await("no consumers", () -> !liveClasses(spark).contains("org.apache.kafka.clients.consumer.KafkaConsumer"));
    }

    private static String liveClasses(ProcessHandle process) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            var histogram = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram").start();
            return new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(7)
    void writtenParquetIsReadBySparkAndByOthers() throws Exception {
        for (int i = 0; i < 2; i++) {
            var written = project.run("extract", "--event-type", "purchase_sword", "--write", "purchases");
            assertThat(written.exitCode()).as(written.err()).isZero();
        }
        assertThat(project.run("fs", "-ls", folder.resolve("purchases").toString())
                        .out())
                .contains("_SUCCESS")
                .containsPattern("part-\\S+\\.snappy\\.parquet");
        assertRows(project.run("sql", "select * from purchases where Host = 'user1.comcast.com'"), 100);
        assertThat(duckDb("select count(*) from '" + folder
                        + "/purchases/*.parquet' where \"Host\" = 'user1.comcast.com'"))
                .isEqualTo(100);
    }

    @Test
    @Order(8)
    void mistakesGetOneMessage() {
        assertMistake(project.run("sql", "select Hots from purchases"), 1, "Host");
        assertMistake(project.run("sql", "select * from purchase"), 1, "did you mean 'purchases'");
        assertMistake(project.run("sql", "selec 1"), 2, "SELEC");
        assertMistake(project.run("extract", "--write", "/proc/nowhere"), 1, "/proc/nowhere");
        assertMistake(project.run("extract", "--write", "hdfs://localhost:1/x"), 1, "localhost:1");
        assertMistake(project.run("extract", "--bootstrap-server", "localhost:1"), 1, "localhost:1");
        assertMistake(project.run("tail", "--bootstrap-server", "localhost:1", "-e"), 1, "localhost:1");
        assertMistake(project.run("extract", "--evnt-type", "x"), 2, "--event-type");
        assertMistake(project.run("nonsense"), 2, "nonsense");
        assertMistake(project.run("fs", "-nosuch"), 2, "nosuch");
        assertMistake(project.run("up", "-d", "--set", "collector.prt=1"), 2, "did you mean 'collector.port'");
    }

    @Test
    @Order(9)
    void statementFromStandardInput() {
        var sql = project.runWith("-- how many?\nselect count(*) as n from purchases;\n", "sql", "--output", "csv");
        assertThat(sql.out()).as(sql.err()).isEqualTo("n\n102\n");
        var veryLong = "-- " + "long ".repeat(50_000) + "\nselect 1 as one";
        assertThat(project.runWith(veryLong, "sql", "--output", "csv", "-").out())
                .isEqualTo("one\n1\n");
        var file = project.runWith("select 1 as one", "sql", "-f", "-", "--output", "csv");
        assertThat(file.out()).as(file.err()).isEqualTo("one\n1\n");
        assertThat(project.runWith("", "sql", "-f", "-", "select 1").err())
                .contains("there are both a statement and -f -");
        var comment = project.run("sql", "-- a note\nselect 1 as one", "--output", "csv");
        assertThat(comment.out()).as(comment.err()).isEqualTo("one\n1\n");
    }

    @Test
    @Order(10)
    void aResultThatCannotBeWrittenIsAnError() throws Exception {
        var full = new ProcessBuilder(
                        DemoIT.checkout().resolve("questline").toString(), "tail", "-o", "beginning", "-e")
                .directory(folder.toFile())
                .redirectOutput(new File("/dev/full"))
                .start();
        assertThat(new String(full.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("questline: cannot write to standard output: No space left on device\n");
        assertThat(full.waitFor()).isEqualTo(1);
    }

    @Test
    @Order(11)
    void statementsAtAPrompt() throws Exception {
        assumeThat(PseudoTerminal.isPossible()).as("script is installed").isTrue();
        var command = DemoIT.checkout().resolve("questline") + " sql";
        try (var prompt = new PseudoTerminal(command, folder, Map.of("PAGER", "sed 's/^/paged: /'"))) {
            prompt.await("sql> ");
            prompt.type("select Hots\rfrom purchases;\r");
            prompt.await("line 1, column 8: there is no column 'Hots'; did you mean 'Host'?");
            prompt.await("sql> ");
            prompt.type("create temp view answers as select 41 as x;\rselect x + 1 as y from answ\t;\r");
            prompt.await("\r\n42\r\n(1 row)");
            prompt.await("sql> ");
            prompt.type("select count(*) from range(1000000000000) where id % 7 = sqrt(id);\r");
            prompt.await("tasks)");
            prompt.type("\u0003");
            prompt.await("cancelled");
            prompt.await("sql> ");
            prompt.type("select Us\t\u0003"); // Of a line that is cleared.
            for (int i = 0; i < 50; i++) {
                Thread.sleep(i);
                prompt.type("\u0003"); // At whatever moment, between two prompts too.
            }
            Thread.sleep(500); // The last of them would drop what follows it at once.
            prompt.type("-- a note\r\\timing on\r");
            prompt.await("timing is on");
            prompt.await("sql> ");
            prompt.type("\\d purch\t\r");
            prompt.await("User-Agent");
            prompt.await("sql> ");
            prompt.type("select id from range(100);\r");
            prompt.await("paged: 99");
            prompt.await("sql> ");
            prompt.type("\u0004");
            assertThat(prompt.exitCode()).isZero();
        }
        assertThat(Files.readString(folder.resolve(".questline/sql_history"))).contains("from answers");
        aPromptComesBackToItsOutput(command + " --output json");
    }

    private static void aPromptComesBackToItsOutput(String command) throws Exception {
        try (var prompt = new PseudoTerminal(command, folder, Map.of())) {
            prompt.await("sql> ");
            prompt.type("\\x\r");
            prompt.await("a line for each value is on");
            prompt.type("select 1 as one;\r");
            prompt.await("one | 1\r\n");
            prompt.type("\\x\r");
            prompt.await("a line for each value is off, output is json");
            prompt.type("select 2 as two;\r");
            prompt.await("{\"two\":2}\r\n");
            prompt.type("\\q\r");
            assertThat(prompt.exitCode()).isZero();
        }
    }

    @Test
    @Order(12)
    void anotherToolAsks() throws Exception {
        assertThat(project.run("status").out()).contains(project.jdbcUrl());
        assertThat(project.run("status", "--output", "json").out()).contains("\"jdbc\":\"" + project.jdbcUrl() + "\"");
        new OtherTool(project).asks();
        assertThat(new SqlClientsPage(project.jdbcUrl()).run(folder)).contains("user1.comcast.com bought 100\n");
    }

    @Test
    @Order(13)
    void aRunawayOfAnotherToolEndsWhenItIsToldToAndEventsAreTakenMeanwhile() throws Exception {
        new OtherTool(project).asksForTooMuchAndGivesUp();
        assertRows(project.run("sql", "--timeout", "20s", "select 1 as one"), 1);
    }

    @Test
    @Order(14)
    void statusFindsOutWhatHangs() throws Exception {
        var state = new ObjectMapper()
                .readTree(folder.resolve(".questline/run/stack.json").toFile());
        TestProject.whileStopped(state.at("/components/2/process/pid").asLong(), () -> {
            var status = project.run("status");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.out())
                    .containsPattern("broker +ready ")
                    .containsPattern("collector +ready ")
                    .containsPattern("spark +not answering ");
        });
        TestProject.whileStopped(state.at("/process/pid").asLong(), () -> {
            var status = project.run("status", "--output", "json");
            assertThat(status.exitCode()).isEqualTo(1);
            assertThat(status.out())
                    .contains("\"running\":true,\"ready\":false,")
                    .contains("{\"name\":\"broker\",\"status\":\"not_answering\",")
                    .contains("{\"name\":\"collector\",\"status\":\"not_answering\",")
                    .contains("{\"name\":\"spark\",\"status\":\"ready\",");
        });
        await("all is ready again", () -> project.run("status").exitCode() == 0);
        assertThat(project.get("/").statusCode()).isEqualTo(200);
    }

    private static void assertMistake(Result result, int exitCode, String mentions) {
        assertThat(result.err()).contains(mentions).doesNotContain("\tat ", "Exception");
        assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    }

    private static void assertRows(Result result, int rows) {
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out()).contains("(" + rows + (rows == 1 ? " row)" : " rows)"));
    }

    /** The one number that an independent reader answers. */
    static long duckDb(String query) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void awaitLog(String text) throws Exception {
        await("logged: " + text, () -> project.run("logs", "up").out().contains(text));
    }

    private static void await(String what, BooleanSupplier condition) throws Exception {
        for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
