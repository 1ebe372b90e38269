package dev.questline.query.flight;

import dev.questline.query.ArrowRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.concurrent.CancellationException;
import org.apache.arrow.flight.BackpressureStrategy.CallbackBackpressureStrategy;
import org.apache.arrow.flight.BackpressureStrategy.WaitResult;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/** Sends a statement's rows to one client, at the client's pace; ends the statement when the client goes. */
final class RowSender {
    private final ArrowRows rows;
    private final ServerStreamListener client;
    private final BufferAllocator memory;
    private final Pace pace = new Pace();

    RowSender(ArrowRows rows, ServerStreamListener client, BufferAllocator memory) {
        this.rows = rows;
        this.client = client;
        this.memory = memory;
        pace.register(client);
    }

    /** Sends all, on the calling thread. */
    void run() {
        try (var root = VectorSchemaRoot.create(rows.schema(), memory)) {
            client.start(root);
            rows.send(new Batches(new VectorLoader(root)));
            client.completed();
        } catch (RuntimeException | Error e) {
            if (!client.isCancelled()) {
                client.error(told(e));
            }
        }
    }

    private static RuntimeException told(Throwable e) {
        if (e instanceof CancellationException) {
            return CallStatus.CANCELLED.withDescription("cancelled").toRuntimeException();
        }
        return Thread.currentThread().isInterrupted()
                ? CallStatus.UNAVAILABLE.withDescription("Spark stops").toRuntimeException()
                : Errors.of(e);
    }

    private final class Pace extends CallbackBackpressureStrategy {
        @Override
        protected void cancelCallback() {
            rows.cancel();
        }
    }

    private final class Batches implements ArrowRows.Receiver {
        private final VectorLoader loader;

        Batches(VectorLoader loader) {
            this.loader = loader;
        }

        @Override
        public boolean awaitReady(long millis) throws InterruptedException {
            var result = pace.waitForListener(millis);
            if (result == WaitResult.OTHER) {
                throw new InterruptedException("Spark stops");
            }
            if (client.isCancelled()) {
                throw new CancellationException("the client has gone");
            }
            return result == WaitResult.READY;
        }

        @Override
        public void take(byte[] batch) throws IOException {
            try (var in = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(batch)))) {
                MessageSerializer.deserializeSchema(in); // The client has it.
                try (var records = MessageSerializer.deserializeRecordBatch(in, memory)) {
                    loader.load(records);
                }
            }
            client.putNext();
        }
    }
}
