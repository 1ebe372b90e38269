package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answered event is in the topic, whatever happens to the processes. */
@Tag("durability")
class DurabilityIT {
    private static final int ROUNDS = 3;
    private static final int CLIENTS = 8;

    @TempDir
    Path folder;

    private TestProject project;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void project() throws IOException {
        project = new TestProject(folder);
    }

    @AfterEach
    void down() {
        project.run("down", "-v");
    }

    @Test
    void everyAcknowledgedEventSurvivesSigkillOfTheWholeStack() throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            project.launchUntilEventsAreTaken("up");
            int before = acknowledged.size();
            killUnderLoad(ThreadLocalRandom.current().nextInt(200, 1500));
            assertThat(acknowledged.size()).as("acknowledged in round " + round).isGreaterThan(before);
        }
        assertThat(project.run("up", "-d").exitCode()).isZero();
        var logged = project.run("tail", "-o", "beginning", "-e", "-f", "%h\\n")
                .out()
                .lines()
                .map(headers -> headers.replaceFirst(".*ce_id=([^,]*).*", "$1"))
                .collect(Collectors.toSet());
        System.out.printf(
                "durability: %d rounds, %d acknowledged, %d in the log%n", ROUNDS, acknowledged.size(), logged.size());
        assertThat(logged).containsAll(acknowledged);
    }

    /** Kills every process of the stack at once while clients send. */
    private void killUnderLoad(int millis) throws Exception {
        var sending = new AtomicBoolean(true);
        var clients = Executors.newFixedThreadPool(CLIENTS);
        var sends = new ArrayList<Future<?>>();
        for (int i = 0; i < CLIENTS; i++) {
            sends.add(clients.submit(() -> send(sending)));
        }
        Thread.sleep(millis);
        project.processes().forEach(ProcessHandle::destroyForcibly);
        sending.set(false);
        end(clients);
        for (var send : sends) {
            send.get();
        }
        for (int i = 0; i < 100 && !project.processes().isEmpty(); i++) {
            Thread.sleep(50);
        }
        assertThat(project.processes()).as("nothing of a killed stack stays").isEmpty();
    }

    private void send(AtomicBoolean sending) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(URI.create(project.url() + "/purchase_a_sword"))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (sending.get()) {
            try {
                var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() == 200) {
                    acknowledged.add(
                            answer.headers().firstValue("Questline-Event-Id").orElseThrow());
                }
            } catch (IOException e) {
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void end(ExecutorService clients) throws InterruptedException {
        clients.shutdown();
        assertThat(clients.awaitTermination(15, TimeUnit.SECONDS)).isTrue();
    }
}
