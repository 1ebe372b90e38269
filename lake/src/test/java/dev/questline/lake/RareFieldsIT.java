package dev.questline.lake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FilterFunction;
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

/** Fields that no sample shows: the table is the one that a sample of everything gives. */
class RareFieldsIT {
    private static final String FILE_OF_TABLE = "part-.*\\.snappy\\.parquet|_SUCCESS|_set_aside";
    private static final Predicate<String> FILE_OF_ROWS = name -> name.startsWith("part-");

    @TempDir
    static Path warehouse;

    private static SparkSession spark;

    @TempDir
    Path folder;

    private final AtomicInteger passes = new AtomicInteger();

    @BeforeAll
    static void start() {
        // A second try for each task, and files of many row groups.
        var settings = SparkSessions.settings("local[2,2]", warehouse)
                .set("spark.hadoop.parquet.block.size", Integer.toString(64 << 10));
        spark = SparkSessions.open(settings);
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void oneAmongManyNeedsNoSecondPass() throws Exception {
        var events = events(2_000);
        events.set(1_234, "{\"Host\":\"h\",\"rune\":\"of opening\"}");

        assertSameTable(LocalRecords.of(spark, events));
        assertThat(passes).hasValue(1);
        assertThat(duckDb("select count(*) from 'rare/*.parquet' where rune = 'of opening'"))
                .isOne();
    }

    @Test
    void severalInFilesOfManyRowGroups() throws Exception {
        var first = events(60_000);
        first.set(30_000, "{\"Host\":\"h\",\"A\":\"first column\"}");
        first.set(50_000, "{\"Host\":\"h\",\"rune\":null,\"i\":\"1\"}");
        var second = events(60_000);
        second.set(20_000, "{\"Host\":\"h\",\"zone\":\"last column\",\"rune\":\"one\"}");

        assertSameTable(LocalRecords.of(spark, first, second));
        assertThat(passes).hasValue(1);
        var rows = read("rare");
        assertThat(rows.filter("i = '31415'").count()).isEqualTo(2);
        assertThat(rows.filter("zone is not null or A is not null").count()).isEqualTo(2);
        assertThat(rows.filter("rune is null").count()).isEqualTo(119_999);
    }

    @Test
    void ofEveryNameAndKind() throws Exception {
        var events = events(100);
        events.set(50, "{\"\":1.10,\"a.b\":{\"deep\":[null]},\"host\":\"small\",\"q\\\"`'\":[1, 2],\"select\":true}");
        events.set(60, "{\"timestamp\":\"mine\",\"timestamp\":\"again\",\"☃ 😀\":\"\\u2603\"}");

        assertSameTable(LocalRecords.of(spark, events));
        assertThat(passes).hasValue(1);
        assertThat(duckDb("select count(*) from 'rare/*.parquet' where \"a.b\" = '{\"deep\":[null]}'"))
                .isOne();
        assertThat(duckDb("select count(*) from 'rare/*.parquet' where _timestamp = 'again'"))
                .isOne();
    }

    @Test
    void inEveryRecord() throws Exception {
        var records = LocalRecords.of(spark, events(10));
        assertSameTable(records.sampling(0), records);
        assertThat(passes).hasValue(1);
    }

    @Test
    void thatTakeTheNameOfAColumnNeedASecondPass() throws Exception {
        var events = events(100);
        events.set(0, "{\"Host\":\"h\",\"i\":\"0\",\"timestamp\":\"mine\"}");
        events.set(50, "{\"_timestamp\":\"not yours\"}");

        assertSameTable(LocalRecords.of(spark, events));
        assertThat(passes).hasValue(2);
    }

    @Test
    void inMoreThanCanBeKeptNeedASecondPass() throws Exception {
        var events = events(100);
        events.set(50, runeOfHalfOfWhatIsKept());
        events.set(60, runeOfHalfOfWhatIsKept());

        assertSameTable(LocalRecords.of(spark, events));
        assertThat(passes).hasValue(2);
    }

    @Test
    void ofAnotherTypeGiveNoColumn() throws Exception {
        var events = events(100);
        events.set(0, "{\"Host\":\"h\",\"i\":\"0\",\"event_type\":\"sword\"}");
        events.set(50, "{\"event_type\":\"knife\",\"rune\":\"1\"}");
        events.set(60, "{\"event_type\":\"sword\",\"zone\":\"1\"}");

        assertSameTable(LocalRecords.of(spark, events), "--event-type", "sword");
        assertThat(passes).hasValue(1);
        assertThat(read("rare").columns()).containsExactly("Host", "event_type", "i", "timestamp", "zone");
    }

    @Test
    void besideRecordsSetAside() throws Exception {
        var events = events(100);
        events.set(40, "no json");
        events.set(50, "{\"rune\":\"1\"}");
        events.set(60, null);

        assertSameTable(LocalRecords.of(spark, events));
        assertThat(read("rare/_set_aside").count()).isEqualTo(2);
    }

    @Test
    void appendedToATable() throws Exception {
        var events = events(100);
        events.set(50, "{\"rune\":\"1\"}");
        extract(LocalRecords.of(spark, events(10)), "t");
        extract(LocalRecords.of(spark, events).sampling(1), "t", "--mode", "append");

        assertThat(read("t").filter("rune is null").count()).isEqualTo(109);
        assertThat(duckDb("select count(*) from read_parquet('t/*.parquet', union_by_name = true)"))
                .isEqualTo(110);
        assertThat(files("t")).hasSize(4).allMatch(name -> name.matches(FILE_OF_TABLE));
    }

    @Test
    void inATaskThatRunsTwice() throws Exception {
        var events = events(100);
        events.set(50, "{\"rune\":\"1\"}");

        var records = LocalRecords.of(spark, events);
        assertSameTable(new FailingOnce(records.sampling(1), 90), records);
        assertThat(passes).hasValue(1);
    }

    @Test
    void areFoundInOnePassForScripts() throws Exception {
        var events = events(100);
        events.set(50, "{\"rune\":\"1\"}");
        var records = new Watched(LocalRecords.of(spark, events).sampling(1), passes);

        var printed = extract(records, List.of("--output", "csv", "--limit", "60"));
        assertThat(printed.lines())
                .hasSize(62)
                .startsWith(
                        "extract: 100 records read, 100 rows", "Host,i,rune,timestamp", "h,0,,2026-11-22 18:04:20.120")
                .contains(",,1,2026-11-22 18:04:20.170");
        assertThat(passes).hasValue(1);
    }

    private static String runeOfHalfOfWhatIsKept() {
        return "{\"rune\":\"" + "x".repeat(Misfits.BYTES_KEPT / 2) + "\"}";
    }

    private static List<String> events(int count) {
        return new ArrayList<>(IntStream.range(0, count)
                .mapToObj(i -> "{\"Host\":\"h\",\"i\":\"" + i + "\"}")
                .toList());
    }

    private void assertSameTable(LocalRecords records, String... options) throws Exception {
        assertSameTable(records.sampling(1), records, options);
    }

    /** Of records with a sample that shows little, and of the same with one that shows everything. */
    private void assertSameTable(RecordSource rare, RecordSource known, String... options) throws Exception {
        var toRare = extract(new Watched(rare, passes), "rare", options);
        var toKnown = extract(known, "known", options);
        assertThat(toRare.replaceAll("to rare .*", "")).isEqualTo(toKnown.replaceAll("to known .*", ""));
        assertThat(files("rare")).allMatch(name -> name.matches(FILE_OF_TABLE));
        assertSameColumns();
        assertSameRows();
    }

    private void assertSameColumns() throws IOException {
        var descriptions = new HashSet<List<?>>();
        for (var table : List.of("rare", "known")) {
            for (var file : files(table).stream().filter(FILE_OF_ROWS).toList()) {
                var path = new org.apache.hadoop.fs.Path(
                        folder.resolve(table).resolve(file).toUri());
                try (var reader = ParquetFileReader.open(HadoopInputFile.fromPath(path, new Configuration()))) {
                    var found = reader.getFileMetaData();
                    descriptions.add(List.of(found.getSchema(), found.getKeyValueMetaData()));
                }
            }
        }
        assertThat(descriptions).hasSize(1);
    }

    private void assertSameRows() throws SQLException {
        assertThat(duckDb("select count(*) from (from 'rare/*.parquet' except all from 'known/*.parquet')"))
                .isZero();
        assertThat(duckDb("select count(*) from (from 'known/*.parquet' except all from 'rare/*.parquet')"))
                .isZero();
        assertThat(read("rare").exceptAll(read("known")).count()).isZero();
        assertThat(read("rare").count()).isEqualTo(read("known").count());
    }

    private String extract(RecordSource source, String table, String... options) {
        var arguments = new ArrayList<>(List.of("--write", table));
        arguments.addAll(List.of(options));
        return extract(source, arguments);
    }

    /** What was printed, to standard output and to standard error. */
    private String extract(RecordSource source, List<String> arguments) {
        var command = new Arguments();
        new CommandLine(command).parseArgs(arguments.toArray(String[]::new));
        var printed = new ByteArrayOutputStream();
        var stream = new PrintStream(printed, true, UTF_8);
        Extract.run(spark, command.options, () -> source, folder, stream, stream);
        return printed.toString(UTF_8);
    }

    @Command
    private static final class Arguments {
        @Mixin
        private final ExtractOptions options = new ExtractOptions();
    }

    /** Counts how often all records are read. */
    private record Watched(RecordSource source, AtomicInteger passes) implements RecordSource {
        @Override
        public Map<Integer, OffsetSpan> spans() {
            return source.spans();
        }

        @Override
        public Dataset<Row> records() {
            passes.incrementAndGet();
            return source.records();
        }

        @Override
        public RecordSource within(Map<Integer, OffsetSpan> spans) {
            return source.within(spans);
        }

        @Override
        public List<byte[]> sample() {
            return source.sample();
        }
    }

    /** Of which each task fails the first time, at this offset. */
    private record FailingOnce(RecordSource source, long offset) implements RecordSource {
        @Override
        public Map<Integer, OffsetSpan> spans() {
            return source.spans();
        }

        @Override
        public Dataset<Row> records() {
            var from = offset;
            return source.records().filter((FilterFunction<Row>) record -> isRead(record, from));
        }

        private static boolean isRead(Row record, long from) {
            if (record.getLong(2) == from && TaskContext.get().attemptNumber() == 0) {
                throw new IllegalStateException("the first time");
            }
            return true;
        }

        @Override
        public RecordSource within(Map<Integer, OffsetSpan> spans) {
            return source.within(spans);
        }

        @Override
        public List<byte[]> sample() {
            return source.sample();
        }
    }

    /** The one number that an independent reader answers, paths being those in the test's folder. */
    private long duckDb(String query) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("set file_search_path = '" + folder + "'");
            try (var result = statement.executeQuery(query)) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    private Dataset<Row> read(String table) {
        var session = spark.newSession();
        session.conf().set("spark.sql.caseSensitive", true);
        return session.read().parquet(folder.resolve(table).toString());
    }

    private List<String> files(String table) throws IOException {
        try (var files = Files.list(folder.resolve(table))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".crc"))
                    .toList();
        }
    }
}
