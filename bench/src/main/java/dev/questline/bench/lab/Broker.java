package dev.questline.bench.lab;

/** A broker in a process of its own. */
public record Broker(Started process, String bootstrapServers) implements AutoCloseable {
    @Override
    public void close() {
        process.close();
    }
}
