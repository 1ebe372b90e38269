package dev.questline.bench.lab;

import java.io.IOException;

/** What answers SQL. */
public interface Engine {
    /** How it is called in the report. */
    String name();

    Answer ask(String statement) throws IOException, InterruptedException;

    /**
     * One answer, to its last row.
     *
     * @param cpuSeconds of the process that answered
     */
    record Answer(int rows, double seconds, double cpuSeconds) {}
}
