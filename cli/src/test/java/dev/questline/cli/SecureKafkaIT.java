package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.questline.cli.stack.SparkSide;
import dev.questline.event.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka of the user's that wants a password, and one that speaks TLS, by Kafka's own client properties. */
@Timeout(600)
class SecureKafkaIT {
    private static final String REFUSED = "refuses this client: Authentication failed";

    /** Said when it listens. */
    private static final String CONSEQUENCE = "until that changes the collector answers 503";

    @TempDir
    static Path brokers;

    private static SecureBroker broker;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecureBroker(brokers);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void withAPasswordFromTheFirstEventToTheLastQuery() throws Exception {
        var project = project("swords", broker.saslServers(), SecureBroker.saslProperties(SecureBroker.PASSWORD));
        collectAndReadBack(project, "swords");

        var extract = project.run("extract", "--event-type", "purchase_sword", "--output", "csv");
        assertThat(extract.exitCode()).as(extract.err()).isZero();
        assertThat(extract.out().lines()).hasSize(2).anyMatch(line -> line.contains("purchase_sword"));
        var sql = project.run(
                "sql", "--output", "csv", "select count(*) as n from events where event_type = 'purchase_sword'");
        assertThat(sql.out()).as(sql.err()).isEqualTo("n\n1\n");
        var submitted = sparkSubmit("--topic", "swords", "--event-type", "purchase_sword");
        assertThat(submitted).contains(" |-- event_type: string (nullable = true)", "(1 row)");

        assertThat(extract.err() + sql.err() + submitted + said()).doesNotContain(SecureBroker.PASSWORD);
        assertThat(logs()).doesNotContain(SecureBroker.PASSWORD);
    }

    /** The job as on a cluster: Spark's own submit, and no project. */
    private String sparkSubmit(String... arguments) throws Exception {
        var command = new ArrayList<>(SparkSide.command(Project.at(folder, Map.of(), Map.of())));
        command.set(command.size() - 1, "org.apache.spark.deploy.SparkSubmit");
        command.addAll(List.of("--master", "local[1]", "--class", "dev.questline.lake.ExtractJob", jobJar()));
        command.addAll(List.of("--bootstrap-server", broker.saslServers(), "--command-config", "client.properties"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try {
            var output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String jobJar() throws IOException {
        try (var jars = Files.newDirectoryStream(DemoIT.checkout().resolve("lake/target"), "*-job.jar")) {
            return jars.iterator().next().toString();
        }
    }

    @Test
    void byTls() throws Exception {
        collectAndReadBack(project("shields", broker.sslServers(), broker.sslProperties()), "shields");
    }

    private void collectAndReadBack(TestProject project, String topic) throws Exception {
        var collecting = project.launchUntilEventsAreTaken("collect");
        try {
            assertThat(project.get("/purchase_a_sword").statusCode()).isEqualTo(200);
        } finally {
            assertThat(TestProject.interrupt(collecting)).isEqualTo(130);
        }
        var tail = project.run("tail", "-o", "beginning", "-e");
        assertThat(tail.exitCode()).as(tail.err()).isZero();
        assertThat(tail.out()).contains("{\"event_type\":\"purchase_sword\",");
        var topics = project.run("kafka-topics", "--list");
        assertThat(topics.exitCode()).as(topics.err()).isZero();
        assertThat(topics.out()).contains(topic);
    }

    @Test
    void aWrongPasswordIsToldByEachCommand() throws Exception {
        var project = project("knives", broker.saslServers(), SecureBroker.saslProperties("wr0ng"));
        var collecting = project.launch("collect", "--set", "logs.format=json");
        try {
            await(() -> said().contains(CONSEQUENCE));
            assertThat(said()).contains(REFUSED);
            var answer = project.get("/purchase_a_sword");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain("wr0ng");
            assertThat(project.getManagement("/readyz").body())
                    .contains("takes no events: Kafka", REFUSED)
                    .doesNotContain("wr0ng");
        } finally {
            collecting.destroy();
            assertThat(collecting.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        for (var line :
                said().lines().filter(line -> !line.startsWith("127.0.0.1 - ")).toList()) {
            assertThat(new ObjectMapper().readTree(line).path("message").asText())
                    .as(line)
                    .isNotEmpty();
        }
        for (var command : new String[][] {{"tail", "-e"}, {"kafka-topics", "--list"}}) {
            var result = project.run(command);
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err())
                    .startsWith("questline: Kafka at " + broker.saslServers() + " " + REFUSED)
                    .contains(folder.resolve("client.properties") + " (kafka.client_properties)")
                    .doesNotContain("wr0ng");
        }
        var extract = project.run("extract");
        assertThat(extract.exitCode()).isEqualTo(1);
        assertThat(extract.err()).contains("Authentication failed").doesNotContain("wr0ng");
        assertThat(said() + logs()).doesNotContain("wr0ng");
    }

    @Test
    void theRightToWriteIsMissedBeforeTheFirstEventAndNoticedWhenItIsGiven() throws Exception {
        var project = project("spears", broker.saslServers(), SecureBroker.saslProperties(SecureBroker.PASSWORD));
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.internalServers()))) {
            admin.createTopics(List.of(new NewTopic("spears", 1, (short) 1)))
                    .all()
                    .get();
            allow(admin, AclOperation.DESCRIBE);
            var collecting = project.launch("collect");
            try {
                await(() -> said().contains(CONSEQUENCE));
                assertThat(said()).contains("refuses this client: it may not write to topic spears");
                assertThat(project.get("/purchase_a_sword").statusCode()).isEqualTo(503);
                assertThat(project.getManagement("/readyz").body()).contains("it may not write to topic spears");

                allow(admin, AclOperation.WRITE);
                await(() -> project.getManagement("/readyz").statusCode() == 200);
                assertThat(project.get("/purchase_a_sword").statusCode()).isEqualTo(200);
            } finally {
                assertThat(TestProject.interrupt(collecting)).isEqualTo(130);
            }
        }
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 600 && !condition.call(); i++) {
            Thread.sleep(50);
        }
        assertThat(condition.call()).isTrue();
    }

    private static void allow(Admin admin, AclOperation operation) throws Exception {
        var topic = new ResourcePattern(ResourceType.TOPIC, "spears", PatternType.LITERAL);
        var alice = new AccessControlEntry("User:" + SecureBroker.USER, "*", operation, AclPermissionType.ALLOW);
        admin.createAcls(List.of(new AclBinding(topic, alice))).all().get();
    }

    @Test
    void aFileThatCannotBeUsedIsNamed() throws Exception {
        var project = project("bows", broker.saslServers(), "acks=1\n");
        for (var command : new String[][] {{"collect"}, {"tail"}, {"kafka-topics", "--list"}, {"extract"}}) {
            var result = project.run(command);
            assertThat(result.exitCode()).as(command[0]).isEqualTo(2);
            assertThat(result.err())
                    .contains("kafka.client_properties: " + folder.resolve("client.properties") + " may not set acks");
        }
        Files.writeString(
                folder.resolve("client.properties"), "security.protocol=SSL\nssl.truststore.location=/none\n");
        for (var command : new String[][] {{"collect"}, {"tail"}, {"kafka-topics", "--list"}}) {
            var result = project.run(command);
            assertThat(result.exitCode()).as(command[0]).isEqualTo(1);
            assertThat(result.err())
                    .contains("kafka.client_properties: " + folder.resolve("client.properties") + ": ", "/none");
        }
        Files.delete(folder.resolve("client.properties"));
        var result = project.run("extract");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("questline: kafka.client_properties: there is no file " + folder.resolve("client.properties")
                        + "\n");
    }

    private TestProject project(String topic, String servers, String properties) throws IOException {
        var project = new TestProject(folder);
        Files.writeString(folder.resolve("client.properties"), properties);
        Files.writeString(
                project.file(), Files.readString(project.file()).replace("kafka:\n", """
                        kafka:
                          bootstrap_servers: %s
                          client_properties: client.properties
                          topic: %s
                        """.formatted(servers, topic)));
        return project;
    }

    private String said() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    private String logs() throws IOException {
        var spark = folder.resolve(".questline/logs/spark.log");
        return Files.exists(spark) ? Files.readString(spark) : "";
    }
}
