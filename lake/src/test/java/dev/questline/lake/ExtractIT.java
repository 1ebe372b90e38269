package dev.questline.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.questline.event.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ExtractIT {
    private static final String SWORD = "{\"event_type\":\"sword\",\"Host\":\"h1\"}";
    private static final String KNIFE = "{\"event_type\":\"knife\",\"Host\":\"h2\",\"description\":\"sharp\"}";

    @TempDir
    static Path warehouse;

    private static SparkSession spark;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        spark = SparkSessions.open(SparkSessions.settings("local[2]", warehouse));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void printsSchemaRowsAndCountInTheOrderOfTheLog() {
        extract(records(List.of(SWORD, KNIFE), List.of(SWORD)));

        assertThat(out.toString(UTF_8)).isEqualTo("""
                        root
                         |-- Host: string (nullable = true)
                         |-- description: string (nullable = true)
                         |-- event_type: string (nullable = true)
                         |-- timestamp: string (nullable = true)

                        +----+-----------+----------+-----------------------+
                        |Host|description|event_type|              timestamp|
                        +----+-----------+----------+-----------------------+
                        |  h1|       NULL|     sword|2026-11-22 18:04:20.120|
                        |  h2|      sharp|     knife|2026-11-22 18:04:20.121|
                        |  h1|       NULL|     sword|2026-11-22 18:04:20.120|
                        +----+-----------+----------+-----------------------+
                        (3 rows)
                        """);
        assertThat(err.toString(UTF_8)).isEqualTo("extract: 3 records read, 3 rows\n");
    }

    @Test
    void givesOneTypeItsOwnColumnsAlone() {
        extract(records(List.of(SWORD, KNIFE, SWORD)), "--event-type", "sword", "--limit", "1");

        assertThat(out.toString(UTF_8)).doesNotContain("description").endsWith("(1 of 2 rows; --limit N shows more)\n");
        assertThat(err.toString(UTF_8)).isEqualTo("extract: 3 records read, 2 rows, 1 of other event types\n");
    }

    @Test
    void findsFieldsThatTheSampleDoesNotHave() {
        extract(records(List.of(SWORD, SWORD, KNIFE)).sampling(1), "--write", "t");

        assertThat(read("t").columns()).containsExactly("Host", "description", "event_type", "timestamp");
        assertThat(err.toString(UTF_8)).isEqualTo("extract: 3 records read, 3 rows\n");
    }

    @Test
    void cutsLongValuesInTheTableAlone() {
        var longOne = records(List.of("{\"a\":\"" + "x".repeat(1_000_000) + "\"}"));
        extract(longOne);
        assertThat(out.toString(UTF_8)).contains("xxx...|").hasSizeLessThan(3_000);

        out.reset();
        extract(longOne, "--output", "csv");
        assertThat(out.toString(UTF_8)).startsWith("a,timestamp\nxxx").hasSizeGreaterThan(1_000_000);
    }

    @Test
    void printsEveryRowForScripts() {
        var many = records(Collections.nCopies(150, "{\"n\":1.0,\"q\":\"a,\\\"b\\\"\"}"), List.of("{\"e\":\"\"}"));
        extract(many, "--output", "csv");
        assertThat(out.toString(UTF_8).lines())
                .hasSize(152)
                .startsWith("e,n,q,timestamp", ",1.0,\"a,\"\"b\"\"\",2026-11-22 18:04:20.120")
                .endsWith("\"\",,,2026-11-22 18:04:20.120");

        out.reset();
        extract(many, "--output", "json", "--limit", "2");
        assertThat(out.toString(UTF_8).lines())
                .hasSize(2)
                .startsWith(
                        "{\"e\":null,\"n\":\"1.0\",\"q\":\"a,\\\"b\\\"\",\"timestamp\":\"2026-11-22 18:04:20.120\"}");
    }

    @Test
    void setsAsideWhatIsNoEventAndKeepsIt() {
        var odd = Arrays.asList(SWORD, "no json", "[]", null, "", SWORD);
        extract(records(odd), "--write", "t");

        assertThat(read("t").count()).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .isEqualTo("extract: 6 records read, 2 rows, 4 set aside: 1 without a value (events-0@3), "
                        + "1 empty (events-0@4), 1 no JSON (events-0@1), 1 JSON but no object (events-0@2)\n");
        var kept = read("t/_set_aside").orderBy("offset").collectAsList();
        assertThat(kept)
                .extracting(row -> row.getLong(1) + " " + row.getString(3))
                .containsExactly("1 no JSON", "2 JSON but no object", "3 without a value", "4 empty");
        assertThat((byte[]) kept.get(0).get(4)).isEqualTo("no json".getBytes(UTF_8));
        assertThat(kept.get(2).isNullAt(4)).isTrue();
    }

    @Test
    void keepsEveryNameInParquet() {
        var names = List.of("", "a.b", "with space", "q\"`'", "😀", "select", "Host", "host", "a,;{}()\t=");
        var fields = names.stream().map(name -> RowFormat.JSON.cell(name) + ":\"" + "of " + names.indexOf(name) + "\"");
        extract(records(List.of("{" + String.join(",", fields.toList()) + "}")), "--write", "t");

        var columns = names.stream().sorted().toList();
        var row = read("t").first();
        assertThat(row.schema().fieldNames())
                .containsExactly(
                        EventColumns.of(java.util.Set.copyOf(names)).names().toArray(String[]::new));
        for (var name : columns) {
            assertThat(row.getString(row.fieldIndex(name))).isEqualTo("of " + names.indexOf(name));
        }
    }

    @Test
    void writesAnEmptyTableForATypeWithoutEvents() throws Exception {
        Files.writeString(
                folder.resolve("questline.yaml"), "events:\n  bow:\n    route: GET /buy_a_bow\n    answer: Bow!\n");
        var none = records(List.of(SWORD));
        extract(none, "--event-type", "bow", "--project", folder.toString(), "--write", "bows");

        assertThat(read("bows").columns()).containsExactly("timestamp");
        assertThat(read("bows").count()).isZero();
        assertThatThrownBy(() -> extract(none, "--event-type", "boww", "--project", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessageEndingWith("did you mean 'bow'?");
    }

    @Test
    void leavesWhatParquetReadersExpectAndTellsSqlOfIt() throws Exception {
        for (var run = 0; run < 2; run++) {
            out.reset();
            extract(records(List.of(SWORD), List.of(SWORD)), "--write", "sub/swords", "--project", folder.toString());
        }
        try (var files = Files.list(folder.resolve("sub/swords"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                    .hasSize(2)
                    .contains("_SUCCESS")
                    .anyMatch(name -> name.matches("part-00000-.*-c000\\.snappy\\.parquet"));
        }
        assertThat(out.toString(UTF_8)).endsWith("wrote 2 rows to sub/swords (1 file)\ntable swords\n");
        assertThat(TableRegistry.read(folder.resolve(".questline")))
                .isEqualTo(Map.of("swords", "file://" + folder.resolve("sub/swords")));
    }

    @Test
    void aFolderNamedLikeTheTopicsTableIsKnownToSqlByItsPathAlone() {
        extract(records(List.of(SWORD)), "--write", "lake/events", "--project", ".");

        assertThat(out.toString(UTF_8))
                .endsWith(
                        "(1 file)\nin SQL events is the topic; this folder is parquet.`" + folder + "/lake/events`\n");
        assertThat(TableRegistry.read(folder.resolve(".questline"))).isEmpty();
    }

    @Test
    void looksForTheProjectFromTheCallersFolderUpwards() throws Exception {
        Files.createFile(folder.resolve("questline.yaml"));
        Files.createDirectories(folder.resolve("scripts"));
        extract(records(List.of(SWORD)), "--write", "swords", "-C", "scripts");

        assertThat(TableRegistry.read(folder.resolve(".questline"))).containsOnlyKeys("swords");
    }

    @Test
    void appendsRowsWithOtherColumns() {
        extract(records(List.of(SWORD)), "--write", "t", "--mode", "append");
        extract(records(List.of(KNIFE)), "--write", "t", "--mode", "append");

        assertThat(read("t").orderBy("Host").select("Host", "description").collectAsList())
                .extracting(Row::toString)
                .containsExactly("[h1,null]", "[h2,sharp]");
    }

    @Test
    void leavesTheOldTableWhenItFails() throws Exception {
        extract(records(List.of(SWORD)), "--write", "t");

        assertThatThrownBy(() -> extract(records(List.of(KNIFE)), "--write", "t", "--event-type", "nonsense"))
                .isInstanceOf(UserError.class);
        assertThat(read("t").first().getString(0)).isEqualTo("h1");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("t"));
        }
    }

    @Test
    void leavesTheOldTableWhenRowsWereWrittenWhereNobodyHereSeesThem() {
        spark.sparkContext().hadoopConfiguration().set("fs.far.impl", FarDisks.class.getName());
        extract(records(List.of(SWORD)), "--write", "t");

        assertThatThrownBy(() -> extract(records(List.of(KNIFE)), "--write", "far:" + folder.resolve("t")))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("of 1 row written, this machine sees 0: ");
        assertThat(read("t").first().getString(0)).isEqualTo("h1");
        assertThat(folder).isDirectoryContaining(path -> path.endsWith("t")).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void leavesNothingWhenItIsCancelled() throws Exception {
        var started = new CountDownLatch(1);
        var forever = IntStream.range(0, 1_000).mapToObj(i -> SWORD).toList();
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(() -> {
            spark.sparkContext().setJobGroup("group", "to be cancelled", false);
            started.countDown();
            failure.set(catchThrowable(() -> extract(records(forever).taking(Duration.ofMillis(100)), "--write", "t")));
        });
        thread.start();
        started.await();
        do {
            spark.sparkContext().cancelJobGroup("group");
            thread.join(200);
        } while (thread.isAlive());

        assertThat(failure.get()).isInstanceOf(UserError.class).hasMessage("cancelled");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void readsManyRecordsInParallel() {
        var values =
                IntStream.range(0, 60_000).mapToObj(i -> "{\"i\":" + i + "}").toList();
        extract(records(values, values), "--write", "t");

        assertThat(out.toString(UTF_8)).endsWith("wrote 120,000 rows to t (2 files)\n");
        assertThat(read("t").distinct().count()).isEqualTo(60_000);
    }

    @SafeVarargs
    private static LocalRecords records(List<String>... values) {
        return LocalRecords.of(spark, values);
    }

    private Dataset<Row> read(String table) {
        var session = spark.newSession();
        session.conf().set("spark.sql.caseSensitive", true);
        return session.read().parquet(folder.resolve(table).toString());
    }

    private void extract(RecordSource source, String... arguments) {
        var command = new Arguments();
        new CommandLine(command).parseArgs(arguments);
        var stdout = new PrintStream(out, true, UTF_8);
        Extract.run(spark, command.options, () -> source, folder, stdout, new PrintStream(err, true, UTF_8));
    }

    /** The local disk as a driver sees it whose tasks run elsewhere: none has left anything to be taken over. */
    public static final class FarDisks extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("far:///");
        }

        @Override
        public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
            var isOfTasks = path.getParent().getName().equals("_temporary");
            return isOfTasks ? new FileStatus[0] : super.listStatus(path);
        }
    }

    @Command
    private static final class Arguments {
        @Mixin
        private final ExtractOptions options = new ExtractOptions();
    }
}
