package dev.questline.query;

import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** The flags of {@code sql}, the same in the command and in the Spark process. */
public final class SqlOptions {
    /** Instead of a statement: read it from standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final long ROWS_OF_A_SCREENFUL = 1_000;
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh])");

    /** How rows are written. */
    public enum Output {
        TABLE,
        VERTICAL,
        CSV,
        JSON,
        PARQUET;

        /** Whether it is to be looked at, a screenful or so, rather than to be worked on. */
        public boolean isForPeople() {
            return this == TABLE || this == VERTICAL;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(
            arity = "0..1",
            paramLabel = "STATEMENT",
            description = "one query, or several separated by ';'; - reads standard input")
    private @Nullable String statement;

    @Option(names = "-f", paramLabel = "FILE", description = "read the statement from a file; - is standard input")
    private @Nullable Path file;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            converter = OutputConverter.class,
            description = {
                "table, vertical (a line for each value), csv, json (one object a line) or parquet (one file);",
                "default: ${DEFAULT-VALUE}"
            })
    private Output output = Output.TABLE;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "show at most N rows; default: the setting sql.rows (1000) for people, else all")
    private @Nullable Long limit;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description =
                    "end a statement that takes longer, as in 90s, 10m or 1h; 0: never; default: the setting sql.timeout (1h)")
    private String timeout = "1h";

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "the log's broker; default: the project's")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "properties for Kafka's clients, as Kafka's own tools take them; default: the project's")
    private @Nullable Path commandConfig;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC",
            description = "the topic behind the table 'events'; default: the project's")
    private @Nullable String topic;

    @Option(
            names = {"-C", "--project"},
            paramLabel = "FOLDER",
            description = "whose tables are known by name; default: the project of the current folder")
    private @Nullable Path project;

    @Option(
            names = "--master",
            paramLabel = "MASTER",
            description = "run on this Spark master, as in local[2] or spark://HOST:7077")
    private @Nullable String master;

    /** Whether the statement has to be read from standard input, which a process that is asked has not got. */
    public boolean readsStandardInput() {
        checkOne();
        return STANDARD_INPUT.equals(statement) || (file != null && file.equals(Path.of(STANDARD_INPUT)));
    }

    /** Whether there is anything to run, in the arguments, a file or standard input. */
    public boolean hasStatement() {
        return statement != null || file != null;
    }

    public Output output() {
        return output;
    }

    public Optional<String> bootstrapServer() {
        return Optional.ofNullable(bootstrapServer);
    }

    /** Relative to the caller's folder. */
    Optional<Path> commandConfig() {
        return Optional.ofNullable(commandConfig);
    }

    public Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    public Optional<Path> project() {
        return Optional.ofNullable(project);
    }

    public Optional<String> master() {
        return Optional.ofNullable(master);
    }

    /** How many rows are shown; empty means all. */
    OptionalLong limit() {
        if (limit != null) {
            return OptionalLong.of(limit);
        }
        return output.isForPeople() ? OptionalLong.of(ROWS_OF_A_SCREENFUL) : OptionalLong.empty();
    }

    /** How long a statement may take; zero: as long as it likes. */
    Duration timeout() {
        if (timeout.equals("0")) {
            return Duration.ZERO;
        }
        var time = TIME.matcher(timeout);
        if (!time.matches()) {
            throw UserError.wrongUse("--timeout is '" + timeout + "'; allowed is a time as in 90s, 10m or 1h, or 0");
        }
        return Duration.parse("PT" + time.group(1) + time.group(2));
    }

    /** The SQL to run; relative paths start at {@code folder}. */
    String script(Path folder) {
        check();
        return file == null ? String.valueOf(statement) : read(folder.resolve(file));
    }

    private void check() {
        if (limit != null && limit < 0) {
            throw UserError.wrongUse("--limit is " + limit + "; allowed is a number from 0");
        }
        checkOne();
        if (!hasStatement()) {
            throw UserError.wrongUse(
                    "there is no statement; give one as argument, by -f FILE, or - for standard input");
        }
    }

    private void checkOne() {
        if (statement != null && file != null) {
            throw UserError.wrongUse("there are both a statement and -f " + file + "; one of them is allowed");
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw UserError.wrongUse("-f " + file + ": there is no such file");
        } catch (CharacterCodingException e) {
            throw UserError.wrongUse("-f " + file + ": no valid UTF-8");
        } catch (IOException e) {
            throw UserError.wrongUse("cannot read -f " + file + ": " + e.getMessage());
        }
    }

    static final class OutputConverter implements ITypeConverter<Output> {
        @Override
        public Output convert(String text) {
            return Arrays.stream(Output.values())
                    .filter(output -> output.toString().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + text + "' is no format; allowed are " + List.of(Output.values())));
        }
    }
}
