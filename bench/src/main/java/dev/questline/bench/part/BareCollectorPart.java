package dev.questline.bench.part;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The least that could call itself a collector: {@code BOOTSTRAP_SERVERS PORT}. The empty server, and before each answer
 * the same record through one producer; no id, no headers, no receipt, no bounds, no metrics, no access log. What it
 * loses to the empty server is the price of the acknowledgement. Ends with its standard input.
 */
public final class BareCollectorPart extends VerticleBase {
    private static final String TOPIC = "bare";
    private static final byte[] RECORD =
            "{\"event_type\":\"purchase_sword\",\"Host\":\"127.0.0.1:8080\"}".getBytes(StandardCharsets.UTF_8);

    private final Producer<byte[], byte[]> producer;
    private final int port;

    private BareCollectorPart(Producer<byte[], byte[]> producer, int port) {
        this.producer = producer;
        this.port = port;
    }

    public static void main(String[] args) throws IOException {
        Quiet.logs();
        var port = Integer.parseInt(args[1]);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(SwordAnswer.EVENT_LOOPS));
        try (var producer = producer(args[0])) {
            producer.partitionsFor(TOPIC);
            vertx.deployVerticle(
                            () -> new BareCollectorPart(producer, port),
                            new DeploymentOptions().setInstances(SwordAnswer.EVENT_LOOPS))
                    .await();
            System.in.transferTo(OutputStream.nullOutputStream());
            vertx.close().await();
        }
    }

    /** With the settings of the collector's that bear on its speed. */
    private static Producer<byte[], byte[]> producer(String servers) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers",
                servers,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                0,
                "max.in.flight.requests.per.connection",
                1,
                "batch.size",
                64 * 1024,
                "compression.type",
                "lz4");
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public Future<?> start() {
        var answer = new SwordAnswer(vertx);
        return vertx.createHttpServer(SwordAnswer.options())
                .requestHandler(request -> append(request, answer))
                .listen(port, "127.0.0.1");
    }

    private void append(HttpServerRequest request, SwordAnswer answer) {
        var unused = producer.send(
                new ProducerRecord<>(TOPIC, RECORD),
                (acknowledged, failure) -> context.runOnContext(now -> {
                    if (failure == null) {
                        answer.to(request);
                    } else {
                        request.response().setStatusCode(503).end();
                    }
                }));
    }
}
