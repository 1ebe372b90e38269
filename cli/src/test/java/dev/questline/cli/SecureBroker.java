package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.log.LoopbackPort;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** Kafka's own server as others run it: one port wants a user's password, the other speaks TLS. */
final class SecureBroker implements AutoCloseable {
    static final String USER = "alice";
    static final String PASSWORD = "alices-s3cret";
    private static final String STORE_PASSWORD = "stores-s3cret";

    private final Path folder;
    private final int internalPort = LoopbackPort.anyFree();
    private final int saslPort = LoopbackPort.anyFree();
    private final int sslPort = LoopbackPort.anyFree();
    private final KafkaRaftServer server;

    SecureBroker(Path folder) throws Exception {
        this.folder = folder;
        makeCertificate();
        var data = Files.createDirectory(folder.resolve("data")).toString();
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .setControllerListenerName("CONTROLLER")
                .setDirectories(List.of(data))
                .setMetadataLogDirectory(data)
                .run();
        server = new KafkaRaftServer(KafkaConfig.fromProps(config(data), false), Time.SYSTEM);
        server.startup();
    }

    private Properties config(String data) {
        var controller = "127.0.0.1:" + LoopbackPort.anyFree();
        var internal = internalServers();
        var config = new Properties();
        config.putAll(Map.of(
                "process.roles", "broker,controller",
                "node.id", "1",
                "log.dirs", data,
                "controller.quorum.voters", "1@" + controller,
                "controller.listener.names", "CONTROLLER",
                "inter.broker.listener.name", "INTERNAL",
                "listener.security.protocol.map", "CONTROLLER:PLAINTEXT,INTERNAL:PLAINTEXT,SASL:SASL_PLAINTEXT,SSL:SSL",
                "listeners",
                        "CONTROLLER://" + controller + ",INTERNAL://" + internal + ",SASL://127.0.0.1:" + saslPort
                                + ",SSL://127.0.0.1:" + sslPort,
                "advertised.listeners",
                        "INTERNAL://" + internal + ",SASL://localhost:" + saslPort + ",SSL://localhost:" + sslPort));
        config.putAll(Map.of(
                "sasl.enabled.mechanisms",
                "PLAIN",
                "listener.name.sasl.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_" + USER + "=\"" + PASSWORD
                        + "\";",
                "ssl.keystore.location",
                store().toString(),
                "ssl.keystore.password",
                STORE_PASSWORD,
                "ssl.keystore.type",
                "PKCS12",
                // Others than alice are this machine's own.
                "super.users",
                "User:ANONYMOUS",
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true",
                "offsets.topic.replication.factor",
                "1",
                "log.cleaner.dedupe.buffer.size",
                "2097152"));
        return config;
    }

    /** For those who may do everything. */
    String internalServers() {
        return "127.0.0.1:" + internalPort;
    }

    String saslServers() {
        return "localhost:" + saslPort;
    }

    String sslServers() {
        return "localhost:" + sslPort;
    }

    /** The file a client needs for {@link #saslServers}. */
    static String saslProperties(String password) {
        return """
                security.protocol=SASL_PLAINTEXT
                sasl.mechanism=PLAIN
                sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\
                  username="%s" password="%s";
                """.formatted(USER, password);
    }

    /** The file a client needs for {@link #sslServers}. */
    String sslProperties() {
        return """
                security.protocol=SSL
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                """.formatted(certificate());
    }

    private Path store() {
        return folder.resolve("store.p12");
    }

    private Path certificate() {
        return folder.resolve("ca.pem");
    }

    private void makeCertificate() throws Exception {
        keytool(
                "-genkeypair",
                "-keystore",
                store().toString(),
                "-storepass",
                STORE_PASSWORD,
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-validity",
                "2");
        var bytes = KeyStore.getInstance(store().toFile(), STORE_PASSWORD.toCharArray())
                .getCertificate("broker")
                .getEncoded();
        Files.writeString(
                certificate(),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(bytes)
                        + "\n-----END CERTIFICATE-----\n");
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
