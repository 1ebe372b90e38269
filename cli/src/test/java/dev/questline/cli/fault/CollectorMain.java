package dev.questline.cli.fault;

import dev.questline.cli.Main;

/** The command in a process that does not outlive the test's. */
final class CollectorMain {
    private CollectorMain() {}

    public static void main(String[] args) {
        var watch = new Thread(() -> {
            Jvm.awaitEndOfInput();
            Runtime.getRuntime().halt(1);
        });
        watch.setDaemon(true);
        watch.start();
        Main.main(args);
    }
}
