package dev.questline.cli.fault;

import dev.questline.log.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** The stack's broker in a process of its own: says a line when it answers, ends when its standard input does. */
final class BrokerMain {
    private BrokerMain() {}

    public static void main(String[] args) throws IOException {
        try (var broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]))) {
            System.out.println("up at " + broker.bootstrapServers());
            broker.death().thenAccept(reason -> Runtime.getRuntime().halt(1));
            Jvm.awaitEndOfInput();
        }
    }
}
