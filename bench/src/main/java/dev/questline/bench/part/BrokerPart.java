package dev.questline.bench.part;

import dev.questline.log.EmbeddedBroker;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The embedded broker by itself: {@code FOLDER PORT}. Ends with its standard input. */
public final class BrokerPart {
    /** What it prints once it answers. */
    public static final String READY = "broker ready";

    private BrokerPart() {}

    public static void main(String[] args) throws IOException {
        Quiet.logs();
        try (var broker = EmbeddedBroker.start(Path.of(args[0]), Integer.parseInt(args[1]))) {
            System.out.println(READY + " at " + broker.bootstrapServers());
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
