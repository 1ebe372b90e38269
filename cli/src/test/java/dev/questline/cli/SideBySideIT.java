package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.cli.TestProject.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two projects on one machine, the second with an HDFS, and a collector of neither. */
class SideBySideIT {
    @TempDir
    static Path game;

    @TempDir
    static Path shop;

    private static TestProject first;
    private static TestProject second;

    @BeforeAll
    static void up() throws Exception {
        first = new TestProject(game);
        second = new TestProject(shop);
        breakOffFormattingOfHdfs(shop);
        var ups = new CompletableFuture<Result>();
        new Thread(() -> ups.complete(first.run("up", "-d"))).start();
        var up = second.run("up", "-d", "--hdfs");
        assertThat(up.exitCode()).as(up.err()).isZero();
        assertThat(ups.get().exitCode()).as(ups.get().err()).isZero();
    }

    /** As a machine leaves it that was switched off meanwhile. */
    private static void breakOffFormattingOfHdfs(Path project) throws IOException {
        var draft = Files.createDirectories(project.resolve(".questline/hdfs/name.unfinished/current"));
        Files.writeString(draft.resolve("VERSION"), "#half of it");
    }

    @AfterAll
    static void down() {
        first.run("down", "-v");
        second.run("down", "-v");
        assertThat(first.processes()).isEmpty();
        assertThat(second.processes()).isEmpty();
    }

    @Test
    void eachKnowsItsOwnEventsAndTables() throws Exception {
        send(first, 3);
        send(second, 2);
        for (var project : new TestProject[] {first, second}) {
            var written = project.run("extract", "--write", "purchases");
            assertThat(written.exitCode()).as(written.err()).isZero();
        }
        assertThat(rows(first, "purchases")).isEqualTo("n\n3\n");
        assertThat(rows(second, "purchases")).isEqualTo("n\n2\n");
        assertThat(rows(second, "events")).isEqualTo("n\n2\n");
    }

    private static void send(TestProject project, int events) throws Exception {
        for (int i = 0; i < events; i++) {
            assertThat(project.get("/purchase_a_sword").statusCode()).isEqualTo(200);
        }
    }

    private static String rows(TestProject project, String table) {
        return project.run(
                        "sql",
                        "--output",
                        "csv",
                        "select count(*) as n from " + table
                                + " where event_type = 'purchase_sword' and `User-Agent` like 'Java%'")
                .out();
    }

    @Test
    void anHdfsWhoseFormattingWasBrokenOffServes() {
        var written = second.run("extract", "--write", second.hdfs() + "/all");
        assertThat(written.exitCode()).as(written.err()).isZero();
        assertThat(second.run("fs", "-ls", second.hdfs() + "/all").out()).contains("/all/_SUCCESS");
    }

    @Test
    void aCollectorOfNeitherLogsToTheBrokerItIsGiven(@TempDir Path elsewhere) throws Exception {
        var collector = new TestProject(elsewhere);
        var collect = collector.launchUntilEventsAreTaken("collect", "--bootstrap-server", first.bootstrapServers());
        TestProject.interrupt(collect);

        assertThat(Files.readString(elsewhere.resolve("out")))
                .contains("topic events at " + first.bootstrapServers() + " takes events")
                .contains("GET / HTTP/1.1\" 200 ");
        assertThat(first.run("tail", "-o", "beginning", "-e").out())
                .contains("\"Host\":\"127.0.0.1:" + collector.collectorPort() + "\"");
    }
}
