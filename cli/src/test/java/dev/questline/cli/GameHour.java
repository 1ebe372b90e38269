package dev.questline.cli;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** An hour of a game's events, always the same but for the hour, straight into the log: no test waits for an hour. */
final class GameHour {
    private static final List<String> PROVIDERS = List.of("comcast.com", "att.com", "verizon.net", "cox.net");
    private static final int PLAYERS = 80;

    private final Random random = new Random(7);
    private final Instant begin = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.HOURS);
    private final List<Happened> events = new ArrayList<>();

    private record Happened(Instant at, String json) {}

    private GameHour() {
        for (int player = 1; player <= PLAYERS; player++) {
            play("user" + player + "." + PROVIDERS.get((player - 1) % PROVIDERS.size()));
        }
        events.sort(Comparator.comparing(Happened::at));
    }

    /** Sends it, and says how many events it has. */
    static int send(String bootstrapServers, String topic) {
        var hour = new GameHour();
        var settings = Map.<String, Object>of("bootstrap.servers", bootstrapServers);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            hour.events.forEach(event -> producer.send(new ProducerRecord<>(
                    topic, null, event.at().toEpochMilli(), null, event.json().getBytes(StandardCharsets.UTF_8))));
        }
        return hour.events.size();
    }

    /** Who plays comes in the middle of the hour rather than at its ends, and most come once. */
    private void play(String host) {
        var sessions = 1 + (int) Math.floor(3 * Math.pow(random.nextDouble(), 3));
        if (host.equals("user1.comcast.com")) {
            sessions = 3;
        }
        for (int i = 0; i < sessions; i++) {
            visit(host, (random.nextDouble() + random.nextDouble()) / 2 * 3_300);
        }
    }

    private void visit(String host, double seconds) {
        var at = seconds;
        var looks = 1 + random.nextInt(6);
        for (int i = 0; i < looks; i++) {
            add(host, at, "\"event_type\":\"default\"");
            at += 3 + random.nextInt(50);
        }
        if (host.equals("user1.comcast.com") || random.nextDouble() < 0.45) {
            add(host, at, "\"event_type\":\"purchase_sword\"");
            at += 5 + random.nextInt(60);
            if (random.nextDouble() < 0.4) {
                add(host, at, "\"event_type\":\"purchase_knife\",\"description\":\"very sharp knife\"");
            }
        }
    }

    private void add(String host, double seconds, String fields) {
        var json = "{" + fields + ",\"Host\":\"" + host + "\",\"User-Agent\":\"ApacheBench/2.3\",\"Accept\":\"*/*\"}";
        events.add(new Happened(begin.plusMillis((long) (1000 * seconds)), json));
    }
}
