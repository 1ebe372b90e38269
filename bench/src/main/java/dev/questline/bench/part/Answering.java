package dev.questline.bench.part;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;

/** Answers each statement on standard input by a line: rows, seconds, processor seconds. */
final class Answering {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Answering() {}

    /** What runs a statement to its last row. */
    interface Engine {
        /** How many rows it gives. */
        int rows(String statement) throws Exception;
    }

    static void serve(Engine engine) throws Exception {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var statement = read(in); !statement.isEmpty(); statement = read(in)) {
                var begin = System.nanoTime();
                var cpu = SYSTEM.getProcessCpuTime();
                var rows = engine.rows(statement);
                var seconds = (System.nanoTime() - begin) / 1e9;
                System.out.println(rows + " " + seconds + " " + (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
                System.out.flush();
            }
        }
    }

    private static String read(BufferedReader in) throws IOException {
        var line = in.readLine();
        return line == null ? "" : line;
    }
}
