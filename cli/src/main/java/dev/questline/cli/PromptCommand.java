package dev.questline.cli;

import dev.questline.event.DidYouMean;
import dev.questline.event.UserError;
import dev.questline.query.SqlNames;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a prompt understands besides SQL, by psql's names. */
enum PromptCommand {
    DESCRIBE("\\d", "[TABLE]", "the columns of a table; without one, all tables"),
    TABLES("\\dt", "[PATTERN]", "the tables, as in \\dt purch*"),
    FUNCTIONS("\\df", "[PATTERN]", "the functions, as in \\df *json*"),
    TIMING("\\timing", "[on|off]", "whether the time of each statement is told"),
    VERTICAL("\\x", "", "a line for each value, for rows too wide for a table; and back"),
    HELP("\\?", "", "this"),
    QUIT("\\q", "", "leave, as Ctrl-D does");

    /** What people type at a prompt they do not know; psql takes them, too. */
    private static final Map<String, PromptCommand> WORDS = Map.of("help", HELP, "quit", QUIT, "exit", QUIT);

    private final String command;
    private final String argument;
    private final String does;

    PromptCommand(String command, String argument, String does) {
        this.command = command;
        this.argument = argument;
        this.does = does;
    }

    static boolean isOne(String line) {
        return line.stripLeading().startsWith("\\") || word(line).isPresent();
    }

    private static Optional<PromptCommand> word(String line) {
        return Optional.ofNullable(WORDS.get(line.strip().replaceFirst(";$", "").toLowerCase(Locale.ROOT)));
    }

    /** Throws a user error if there is none of that name. */
    static PromptCommand of(String line) {
        var name = words(line).get(0);
        return word(line)
                .or(() -> Arrays.stream(values())
                        .filter(command -> command.command.equals(name))
                        .findFirst())
                .orElseThrow(() ->
                        UserError.wrongUse("there is no command " + name + DidYouMean.hint(name, names().toList())));
    }

    static Stream<String> names() {
        return Arrays.stream(values()).map(command -> command.command);
    }

    /** The statement it stands for, if it does. */
    Optional<String> statement(String line) {
        var words = words(line);
        return switch (this) {
            case DESCRIBE -> Optional.of(words.size() > 1 ? "describe " + table(words.get(1)) : "show tables");
            case TABLES -> Optional.of("show tables" + like(words));
            case FUNCTIONS -> Optional.of("show functions" + like(words));
            case TIMING, VERTICAL, HELP, QUIT -> Optional.empty();
        };
    }

    /** What stands behind the command, if anything does. */
    static Optional<String> argument(String line) {
        return words(line).stream().skip(1).map(String::strip).findFirst();
    }

    private static List<String> words(String line) {
        var text = line.strip().replaceFirst(";$", "").strip();
        return List.of(text.split("\\s+", 2));
    }

    /** As SQL writes it already, or to be quoted. */
    private static String table(String name) {
        return name.contains("`") ? name : SqlNames.quoted(name);
    }

    private static String like(List<String> words) {
        return words.size() > 1 ? " like '" + words.get(1).replace("\\", "\\\\").replace("'", "\\'") + "'" : "";
    }

    static String help() {
        var commands = Arrays.stream(values())
                .map(command -> String.format("  %-16s %s%n", command.command + " " + command.argument, command.does))
                .collect(Collectors.joining());
        return commands + """
                  STATEMENT;       over as many lines as it likes; several may follow each other
                  summarize TABLE; the columns' counts, bounds and most frequent values
                  create temporary view NAME as QUERY;   for this session
                Tab completes, the up arrow recalls, Ctrl-C cancels the statement or clears the line.
                """;
    }
}
