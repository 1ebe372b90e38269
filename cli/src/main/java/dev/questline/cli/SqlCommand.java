package dev.questline.cli;

import dev.questline.event.Project;
import dev.questline.event.SettingKey;
import dev.questline.query.SqlOptions;
import dev.questline.query.StatementArgument;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

@Command(
        name = "sql",
        preprocessor = StatementArgument.class,
        mixinStandardHelpOptions = true,
        description = {
            "Runs a query over the log and over what extract has written.",
            "Without one it asks for statements at a prompt, or reads them from standard input if that is no terminal.",
            "Tables: events (the topic as it is now), each folder written by extract under its name,",
            "any other as parquet.`/path`; `show tables` lists them, `summarize TABLE` describes the columns.",
            "Other tools ask the same by JDBC, at the address that `questline status` shows."
        },
        footer = {
            "",
            "Example:",
            "  questline sql",
            "  questline sql \"select Host, count(*) from events group by Host\"",
            "  questline sql --output csv \"select * from purchases\" > purchases.csv"
        })
final class SqlCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final SqlOptions options = new SqlOptions();

    @Override
    public Integer call() throws Exception {
        var caller = questline.caller();
        var project = ProjectOptions.ofStack(caller, options.project());
        var given = spec.commandLine().getParseResult();
        var line = withSettings(project, given);
        if (!options.hasStatement() && caller.isInteractive() && TerminalProcess.hasTerminal()) {
            return new SqlPrompt(project, caller, options, new SparkCommand(project, caller).filled(line, given)).run();
        }
        return new SparkCommand(project, caller).run(withStandardInput(line, given, caller), given);
    }

    private List<String> withSettings(Project project, ParseResult given) {
        var line = new ArrayList<>(questline.commandLine());
        var settings = project.settings().byKey();
        if (!given.hasMatchedOption("--timeout")) {
            line.addAll(1, List.of("--timeout", settings.getOrDefault(SettingKey.SQL_TIMEOUT.key(), "")));
        }
        if (!given.hasMatchedOption("--limit") && options.output().isForPeople()) {
            line.addAll(1, List.of("--limit", settings.getOrDefault(SettingKey.SQL_ROWS.key(), "")));
        }
        return line;
    }

    /** The Spark process has no standard input of the caller's: it gets a file, as an argument may be too long for one. */
    private List<String> withStandardInput(List<String> line, ParseResult given, Caller caller) throws IOException {
        if (options.hasStatement() && !options.readsStandardInput()) {
            return line;
        }
        var file = Files.createTempFile("questline-", ".sql");
        file.toFile().deleteOnExit();
        Files.write(file, caller.in().readAllBytes());
        var withFile = new ArrayList<>(line);
        if (!given.hasMatchedOption("-f")) {
            withFile.remove(SqlOptions.STANDARD_INPUT);
        }
        var end = withFile.indexOf("--");
        withFile.addAll(end < 0 ? withFile.size() : end, List.of("-f", file.toString())); // Behind a -f of the user's.
        return withFile;
    }
}
