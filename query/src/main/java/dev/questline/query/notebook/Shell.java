package dev.questline.query.notebook;

import dev.questline.event.UserError;
import dev.questline.query.SqlOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cells from a terminal, a pipe or a file. */
final class Shell {
    /** A line that belongs to the one before it, though that could end there. */
    private static final Pattern GOES_ON = Pattern.compile("^\\s*(\\.|\\?|:|&&|\\|\\||(else|catch|finally)\\b)");

    private final SqlOptions options;
    private final Path folder;

    Shell(SqlOptions options, Path folder) {
        this.options = options;
        this.folder = folder;
    }

    /** The exit code: of a script, whether all of it ran. */
    int run(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            return runLines(new StringReader(read(folder.resolve(file.get()))));
        }
        if (!isTerminal()) {
            return runLines(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        }
        ShellPrompt.run(options, folder);
        return 0;
    }

    @SuppressWarnings("SystemConsoleNull") // by jdk.console it is, as before Java 22
    private static boolean isTerminal() {
        return System.console() != null;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw UserError.wrongUse(file + ": there is no such file");
        } catch (IOException e) {
            throw UserError.wrongUse("cannot read " + file + ": " + e.getMessage());
        }
    }

    /** Piece by piece as they are complete, each with its result; ends at the first that fails. */
    private int runLines(Reader script) throws IOException {
        var cells = new TextCells(options, folder, isTerminal());
        var lines = new BufferedReader(script);
        var cell = new StringBuilder();
        var number = 0;
        for (var line = lines.readLine(); line != null; ) {
            cell.append(line).append('\n');
            number++;
            line = lines.readLine();
            var isWhole = line == null || !GOES_ON.matcher(line).find();
            if (isWhole && cells.isComplete(cell.toString())) {
                if (SlashCommand.isExit(cell.toString())) {
                    return 0;
                }
                if (!cells.run(cell.toString())) {
                    return UserError.FAILED;
                }
                cell.setLength(0);
                cell.append("\n".repeat(number)); // Lines in messages are those of the script.
            }
        }
        return cell.toString().isBlank() || cells.run(cell.toString()) ? 0 : UserError.FAILED;
    }
}
