package dev.questline.bench;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/** Tells a person what is being measured, with the time since the start. */
record Progress(PrintStream err, Instant begin) {
    void say(String text) {
        var passed = Duration.between(begin, Instant.now());
        err.printf("%3d:%02d  %s%n", passed.toMinutes(), passed.toSecondsPart(), text);
    }
}
