package dev.questline.lake;

import dev.questline.event.ClientProperties;
import dev.questline.event.UserError;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What {@code extract} takes on its command line. Names no class of Spark, so that the light side can show its help. */
public final class ExtractOptions {
    private static final int ROWS_SHOWN = 100;

    @Option(
            names = "--event-type",
            paramLabel = "TYPE",
            description = "Only events whose field event_type is TYPE; the columns are those of these events alone. "
                    + "Without it: all events.")
    @Nullable
    private String eventType;

    @Option(
            names = "--write",
            paramLabel = "PATH",
            description = "Write the rows to the Parquet folder PATH instead of printing them: a path on this machine, "
                    + "hdfs://… or s3a://…. Its last name becomes the table's name in SQL, unless it is "
                    + TopicTable.NAME + ", which is the topic.")
    @Nullable
    private String write;

    @Option(
            names = "--mode",
            paramLabel = "overwrite|append|error",
            converter = ModeConverter.class,
            description =
                    "What to do when PATH exists: replace its rows once the new ones are complete (overwrite, the "
                            + "default), add to them (append; killed in the midst of it, it may leave part of the new "
                            + "ones), or refuse (error).")
    @Nullable
    private Mode mode;

    @Option(
            names = "--limit",
            paramLabel = "ROWS",
            description = "Print at most ROWS rows. Default: " + ROWS_SHOWN + " as a table, all as csv or json.")
    @Nullable
    private Integer limit;

    @Option(
            names = "--output",
            paramLabel = "table|csv|json",
            converter = OutputConverter.class,
            description = "How to print: schema, table and count for people (table, the default), or the rows alone, "
                    + "whole, as csv with a header line or as one json object a line.")
    @Nullable
    private Output output;

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:9092",
            description = "The Kafka broker to read from; several by commas. Default: localhost:9092; for questline "
                    + "extract, the project's.")
    private String bootstrapServers = "localhost:9092";

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            defaultValue = "events",
            description = "The topic to read. Default: events; for questline extract, the project's.")
    private String topic = "events";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties for Kafka's clients, as Kafka's own tools take them: security.protocol, "
                    + "sasl.jaas.config and so on. Default: none; for questline extract, the project's "
                    + "(kafka.client_properties).")
    @Nullable
    private Path commandConfig;

    @Option(
            names = {"-C", "--project"},
            paramLabel = "FOLDER",
            description =
                    "The project whose event catalog and SQL tables are meant. Default: none; for questline extract, "
                            + "the nearest folder with a questline.yaml, or the current one.")
    @Nullable
    private Path project;

    /** What happens to rows that stand at the path already. */
    public enum Mode {
        OVERWRITE,
        APPEND,
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How rows are printed. */
    public enum Output {
        TABLE,
        CSV,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Throws a user error for flags that contradict each other, or that no run could follow. */
    public void check() {
        if (limit != null && limit < 0) {
            throw UserError.wrongUse("--limit is " + limit + "; allowed is 0 or more");
        }
        if (write != null && limit != null) {
            throw UserError.wrongUse("--limit is for rows that are printed; --write writes them all");
        }
        if (write != null && output != null) {
            throw UserError.wrongUse("--output is for rows that are printed; --write writes Parquet");
        }
        if (write == null && mode != null) {
            throw UserError.wrongUse("--mode is for the folder of --write, which is not given");
        }
    }

    public Optional<String> eventType() {
        return Optional.ofNullable(eventType);
    }

    public Optional<String> write() {
        return Optional.ofNullable(write);
    }

    public Mode mode() {
        return mode == null ? Mode.OVERWRITE : mode;
    }

    public Output output() {
        return output == null ? Output.TABLE : output;
    }

    /** How many rows to print at most. */
    public int limit() {
        if (limit == null) {
            return output() == Output.TABLE ? ROWS_SHOWN : Integer.MAX_VALUE;
        }
        return limit;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public String topic() {
        return topic;
    }

    /** What the file says; {@code folder} is what its path is relative to. */
    ClientProperties clientProperties(Path folder) {
        return ClientProperties.of(Optional.ofNullable(commandConfig).map(folder::resolve), "--command-config");
    }

    public Optional<Path> project() {
        return Optional.ofNullable(project);
    }

    private static final class ModeConverter implements ITypeConverter<Mode> {
        @Override
        public Mode convert(String value) {
            return oneOf(Mode.values(), value);
        }
    }

    private static final class OutputConverter implements ITypeConverter<Output> {
        @Override
        public Output convert(String value) {
            return oneOf(Output.values(), value);
        }
    }

    /** Picocli's own conversion would name each constant twice in its error, in capitals too. */
    private static <E> E oneOf(E[] allowed, String value) {
        return Arrays.stream(allowed)
                .filter(constant -> constant.toString().equals(value))
                .findFirst()
                .orElseThrow(() -> new TypeConversionException("'" + value + "'" + "; allowed are "
                        + Arrays.toString(allowed).replaceAll("[\\[\\]]", "")));
    }
}
