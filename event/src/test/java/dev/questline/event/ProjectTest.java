package dev.questline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectTest {
    @TempDir
    Path folder;

    @Test
    void theNearestFolderUpwardsWithAFileIsTheProject() throws IOException {
        write("kafka: {port: 19092}");
        var deep = Files.createDirectories(folder.resolve("a/b"));
        var project = Project.at(deep, Map.of(), Map.of());
        assertThat(project.folder()).isEqualTo(folder);
        assertThat(project.data()).isEqualTo(folder.resolve(".questline"));
        assertThat(project.settings().kafka().port()).isEqualTo(19092);

        Files.writeString(folder.resolve("a/questline.yaml"), "");
        assertThat(Project.at(deep, Map.of(), Map.of()).folder()).isEqualTo(folder.resolve("a"));
    }

    @Test
    void withoutAFileTheCurrentFolderIsTheProjectWithTheBuiltInGame() {
        var project = Project.at(folder.resolve("x/../y"), Map.of(), Map.of());
        assertThat(project.folder()).isEqualTo(folder.resolve("y"));
        assertThat(project.catalog().names()).containsExactly("default", "purchase_sword", "purchase_knife");
        assertThat(project.settings())
                .isEqualTo(new Settings(
                        new Settings.Collector(
                                "127.0.0.1", 5000, 15000, true, Duration.ofMinutes(10), Optional.empty()),
                        new Settings.Kafka(Optional.empty(), 9092, "events", 1),
                        new Settings.Spark("local[*]", "1g"),
                        new Settings.Sql(Optional.of(25000)),
                        new Settings.Hdfs(false, 8020),
                        new Settings.Logs(Settings.Logs.Format.TEXT),
                        project.settings().byKey()));
        assertThat(project.settings().byKey())
                .containsEntry("collector.port", "5000")
                .containsEntry("hdfs.enabled", "false");
    }

    @Test
    void variablesOverrideTheFileAndFlagsOverrideBoth() throws IOException {
        write("collector: {port: 1}\nkafka: {port: 2, topic: from-file}\nspark: {memory: 3g}");
        var settings = Project.at(
                        folder,
                        Map.of("QUESTLINE_KAFKA_PORT", "20", "QUESTLINE_SPARK_MEMORY", "30g", "PATH", "/bin"),
                        Map.of("spark.memory", "300g"))
                .settings();
        assertThat(settings.collector().port()).isEqualTo(1);
        assertThat(settings.kafka().topic()).isEqualTo("from-file");
        assertThat(settings.kafka().port()).isEqualTo(20);
        assertThat(settings.spark().memory()).isEqualTo("300g");
    }

    @Test
    void theManagementPortIsTenThousandAwayUnlessItIsSet() {
        assertThat(managementPort(Map.of())).isEqualTo(15000);
        assertThat(managementPort(Map.of("collector.port", "6000"))).isEqualTo(16000);
        assertThat(managementPort(Map.of("collector.port", "60000"))).isEqualTo(50000);
        assertThat(managementPort(Map.of("collector.management_port", "9000"))).isEqualTo(9000);
    }

    private int managementPort(Map<String, String> flags) {
        return Project.at(folder, Map.of(), flags).settings().collector().managementPort();
    }

    @Test
    void aCollectorThatListensEverywhereIsReachedOnThisMachine() {
        assertThat(Settings.Collector.at("0.0.0.0", 5000).url()).isEqualTo("http://127.0.0.1:5000");
        assertThat(Settings.Collector.at("::", 5000).url()).isEqualTo("http://[::1]:5000");
        assertThat(Settings.Collector.at("::1", 5000).managementUrl()).isEqualTo("http://[::1]:0");
        assertThat(Settings.Collector.at("games.example", 5000).url()).isEqualTo("http://games.example:5000");
    }

    @Test
    void sqlsPortIsTwentyThousandAwayUnlessItIsSet() {
        assertThat(sqlPort(Map.of())).contains(25000);
        assertThat(sqlPort(Map.of("collector.port", "60000"))).contains(40000);
        assertThat(sqlPort(Map.of("sql.port", "9000"))).contains(9000);
        assertThat(sqlPort(Map.of("sql.port", "off"))).isEmpty();
        assertThat(Project.at(folder, Map.of(), Map.of()).settings().sql().url())
                .contains("jdbc:arrow-flight-sql://127.0.0.1:25000/?useEncryption=false");
        assertThatThrownBy(() -> sqlPort(Map.of("sql.port", "on")))
                .hasMessageContaining("allowed is a port from 1 to 65535, off, or auto: collector.port + 20000");
    }

    private Optional<Integer> sqlPort(Map<String, String> flags) {
        return Project.at(folder, Map.of(), flags).settings().sql().port();
    }

    @Test
    void timesHaveAUnit() {
        assertThat(window("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(window("10m")).isEqualTo(Duration.ofMinutes(10));
        assertThat(window("1h")).isEqualTo(Duration.ofHours(1));
        assertThat(window("0")).isZero();
        assertThatThrownBy(() -> window("10")).hasMessageContaining("allowed is a time as in 90s, 10m or 1h, or 0");
    }

    private Duration window(String text) {
        var flags = Map.of("collector.idempotency_window", text);
        return Project.at(folder, Map.of(), flags).settings().collector().idempotencyWindow();
    }

    @Test
    void bootstrapServersAreTheUsersOrTheStacksOwn() {
        var own = Project.at(folder, Map.of("QUESTLINE_KAFKA_PORT", "19092"), Map.of());
        assertThat(own.settings().kafka().bootstrapServers()).isEqualTo("localhost:19092");
        var users = Project.at(folder, Map.of(), Map.of("kafka.bootstrap_servers", "a:1,b:2"));
        assertThat(users.settings().kafka().bootstrapServers()).isEqualTo("a:1,b:2");
    }

    @Test
    void filesThatSettingsNameAreRelativeToTheProjectsFolder() throws IOException {
        write(
                "collector: {tls_certificate: tls/cert.pem, tls_key: /keys/key.pem}\nkafka: {client_properties: c.properties}");
        var settings = Project.at(Files.createDirectories(folder.resolve("deep")), Map.of(), Map.of())
                .settings();
        assertThat(settings.collector().tls())
                .contains(new Settings.Tls(folder.resolve("tls/cert.pem"), Path.of("/keys/key.pem")));
        assertThat(settings.collector().url()).isEqualTo("https://127.0.0.1:5000");
        assertThat(settings.kafka().clientProperties()).contains(folder.resolve("c.properties"));
        assertThat(settings.byKey()).containsEntry("kafka.client_properties", "c.properties");
    }

    @Test
    void aCertificateNeedsItsKeyAndAKeyItsCertificate() {
        assertThatThrownBy(() -> Project.at(folder, Map.of(), Map.of("collector.tls_certificate", "c.pem")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessage("collector.tls_certificate is set and collector.tls_key is not;"
                        + " TLS takes both, and none takes neither");
        assertThatThrownBy(() -> Project.at(folder, Map.of("QUESTLINE_COLLECTOR_TLS_KEY", "k.pem"), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("collector.tls_key is set and collector.tls_certificate is not;");
    }

    @Test
    void unknownVariablesAndFlagsAreNamedWithWhatMayBeMeant() {
        assertThatThrownBy(() -> Project.at(folder, Map.of("QUESTLINE_KAFKA_PROT", "1"), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "environment variable QUESTLINE_KAFKA_PROT is no setting; did you mean 'QUESTLINE_KAFKA_PORT'?");
        assertThatThrownBy(() -> Project.at(folder, Map.of(), Map.of("kafka.prot", "1")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(2))
                .hasMessage("--set kafka.prot=1: there is no setting 'kafka.prot'; did you mean 'kafka.port'?");
    }

    @Test
    void theLaunchersVariablesAreNoSettings() {
        var variables =
                Map.of("QUESTLINE_JAVA_HOME", "/y", "QUESTLINE_JAVA_OPTS", "-Xmx1g", "QUESTLINE_TERMINAL", "true");
        assertThat(Project.at(folder, variables, Map.of()).settings().kafka().port())
                .isEqualTo(9092);
    }

    @Test
    void wrongValuesAreNamedWithTheirOriginAndWhatIsAllowed() {
        assertThatThrownBy(() -> Project.at(folder, Map.of("QUESTLINE_KAFKA_PORT", "70000"), Map.of()))
                .hasMessage("environment variable QUESTLINE_KAFKA_PORT: kafka.port is '70000';"
                        + " allowed is a port from 1 to 65535");
    }

    @Test
    void theCatalogIsReadAnewAndAWrongOneSaysWhere() throws IOException {
        var project = Project.at(folder, Map.of(), Map.of());
        write("events:\n  quest_done: {route: GET /done, answer: Done}\n");
        assertThat(project.readCatalog().names()).containsExactly("quest_done");
        write("events:\n  quest_done: {rout: GET /done, answer: Done}\n");
        assertThatThrownBy(project::readCatalog)
                .isInstanceOf(UserError.class)
                .hasMessage(project.file() + ":2: an event has no 'rout'; did you mean 'route'?");
        Files.delete(project.file());
        assertThat(project.readCatalog()).isSameAs(Catalog.BUILT_IN);
    }

    @Test
    void fileThatIsNoTextOrCannotBeReadIsNamed() throws IOException {
        Files.write(folder.resolve("questline.yaml"), new byte[] {'a', (byte) 0xff});
        assertThatThrownBy(() -> Project.at(folder, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessage(folder.resolve("questline.yaml") + ": no valid UTF-8");
        Files.delete(folder.resolve("questline.yaml"));
        Files.createDirectory(folder.resolve("questline.yaml"));
        assertThatThrownBy(() -> Project.at(folder, Map.of(), Map.of()))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot read " + folder.resolve("questline.yaml"));
    }

    private void write(String yaml) throws IOException {
        Files.writeString(folder.resolve("questline.yaml"), yaml);
    }
}
