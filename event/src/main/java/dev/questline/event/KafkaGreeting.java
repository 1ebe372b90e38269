package dev.questline.event;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The first words with a Kafka, over a bare socket: the versions spoken (request {@code ApiVersions} of version 0 in Kafka's
 * protocol), which it tells before it asks who one is.
 */
public final class KafkaGreeting {
    /** Its length, key 18, version 0, number 1, and no client's name. */
    private static final byte[] QUESTION = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};

    /** The answer lists some hundred requests, each in six bytes. */
    private static final int LONGEST_ANSWER = 100_000;

    private static final Pattern SERVER = Pattern.compile("(?:\\w+://)?(.+):(\\d{1,5})");
    private static final Duration LIMIT = Duration.ofMillis(500);

    private KafkaGreeting() {}

    /**
     * Returns if a Kafka answers at {@code HOST:PORT}.
     *
     * @throws NoKafka if something else does
     * @throws IOException if nobody does within the limit
     */
    public static void ask(String server, Duration limit) throws IOException {
        var parts = SERVER.matcher(server.strip());
        if (!parts.matches()) {
            throw new IOException("'" + server + "' is no HOST:PORT");
        }
        try (var socket = connect(parts.group(1), Integer.parseInt(parts.group(2)), (int) limit.toMillis())) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream().write(QUESTION);
            var answer = new DataInputStream(socket.getInputStream());
            int length = answer.readInt();
            if (length < Integer.BYTES || length > LONGEST_ANSWER || answer.readInt() != 1) {
                throw new NoKafka("what answers at " + server + " is no Kafka");
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + server + "' is no HOST:PORT", e);
        }
    }

    /** To the first of the host's addresses that takes it, as Kafka's clients do. */
    private static Socket connect(String host, int port, int limitMillis) throws IOException {
        var failure = new IOException("there is no " + host);
        for (var address : InetAddress.getAllByName(host)) {
            var socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, port), limitMillis);
                return socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    /**
     * To be asked before a client of Kafka's is made: of whatever a server says, that takes the first four bytes for a
     * length, and makes room for so much. {@code HTTP} is 1.2 GB. Who is away or silent may yet be a Kafka.
     *
     * @param bootstrapServers as Kafka takes them
     * @throws UserError if what answers at one of them is something else, or a Kafka that speaks TLS where that is not meant;
     *     after half a second at most for each
     */
    public static void requireNoOther(String bootstrapServers, ClientProperties properties) {
        var protocol = properties.byKey().getOrDefault("security.protocol", "").toUpperCase(Locale.ROOT);
        if (protocol.contains("SSL")) {
            return; // The handshake finds out.
        }
        for (var server : bootstrapServers.split(",", -1)) {
            try {
                ask(server, LIMIT);
            } catch (NoKafka e) {
                throw UserError.failed(
                        e.getMessage() + ", or one that wants TLS (" + SettingKey.KAFKA_CLIENT_PROPERTIES.key() + ")",
                        e);
            } catch (IOException awayOrSilent) {
                // Whoever is about to connect finds out, and waits or tells.
            }
        }
    }

    /** Something else than a Kafka has answered. */
    public static final class NoKafka extends IOException {
        NoKafka(String message) {
            super(message);
        }
    }
}
