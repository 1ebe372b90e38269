package dev.questline.cli.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a Java process holds, in megabytes: the objects that are alive, and all that the system gives it. */
record Memory(long live, long resident) {
    private static final int MEGABYTE = 1 << 20;

    /** Has it collect its garbage, and looks. */
    static Memory of(Jvm jvm) throws IOException, InterruptedException {
        return new Memory(live(jvm.pid()) / MEGABYTE, resident(jvm.pid()));
    }

    /** A histogram counts what a full collection has left; its last line is {@code Total 123456 7890123}. */
    private static long live(long pid) throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var process = new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram").start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        var total = said.strip().lines().reduce((first, last) -> last).orElseThrow();
        return Long.parseLong(total.strip().split("\\s+")[2]);
    }

    private static long resident(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            var resident = lines.filter(line -> line.startsWith("VmRSS:")).findFirst();
            return Long.parseLong(resident.orElseThrow().replaceAll("\\D", "")) / 1024;
        }
    }
}
