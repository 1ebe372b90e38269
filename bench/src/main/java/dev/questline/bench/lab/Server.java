package dev.questline.bench.lab;

import java.net.URI;

/** A server under load: its process and the URL that is asked. */
public record Server(Started process, URI url) implements AutoCloseable {
    @Override
    public void close() {
        process.close();
    }
}
