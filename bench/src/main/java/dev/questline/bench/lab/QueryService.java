package dev.questline.bench.lab;

import dev.questline.query.QueryClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** The service of a stack, asked as {@code questline sql} asks it, from connecting to the last row printed. */
public record QueryService(Stack stack) implements Engine {
    private static final Pattern ROWS = Pattern.compile("\\((\\d+) rows?\\)\n$");
    private static final int WIDTH = 120;

    @Override
    public String name() {
        return "`sql` by a stack";
    }

    @Override
    public Answer ask(String statement) throws IOException {
        var begin = System.nanoTime();
        var cpu = stack.sparkCpuSeconds();
        var printed = print(statement);
        var seconds = (System.nanoTime() - begin) / 1e9;
        return new Answer(rows(printed), seconds, stack.sparkCpuSeconds() - cpu);
    }

    private String print(String statement) throws IOException {
        var project = stack.project();
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var line = List.of("sql", "--project", project.toString(), "--limit", "1000", statement);
        var client = new QueryClient(stack.query(), project.resolve(".questline/logs/spark.log"));
        var exitCode = client.run(line, project, WIDTH, true, stream(out), stream(err));
        if (exitCode != 0) {
            throw new IOException("sql ended with " + exitCode + ": " + err.toString(StandardCharsets.UTF_8));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int rows(String printed) throws IOException {
        var rows = ROWS.matcher(printed);
        if (!rows.find()) {
            throw new IOException("sql did not say how many rows there are");
        }
        return Integer.parseInt(rows.group(1));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
