package dev.questline.bench.lab;

import java.io.IOException;
import java.time.Duration;

/** A program of the bench's that answers a statement a line; it takes the time itself, so that ours counts for nothing. */
public record AnsweringProgram(String name, Started process) implements Engine {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @Override
    public Answer ask(String statement) throws IOException, InterruptedException {
        var words = process.ask(statement, LIMIT).split(" ", -1);
        return new Answer(Integer.parseInt(words[0]), Double.parseDouble(words[1]), Double.parseDouble(words[2]));
    }
}
