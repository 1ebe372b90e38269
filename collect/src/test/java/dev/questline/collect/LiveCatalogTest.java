package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.questline.event.Project;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCatalogTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SWORD = """
            events:
              purchase_sword:
                route: GET /purchase_a_sword
                answer: "Sword Purchased!\\n"
            """;
    private static final String KNIFE = """
              purchase_knife:
                route: GET /purchase_a_knife
                answer: "Knife Purchased!\\n"
            """;

    @TempDir
    Path folder;

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private Path file;
    private LiveCatalog catalog;
    private LiveCatalog unwatched;

    @BeforeEach
    void open() throws IOException {
        file = folder.resolve(Project.FILE);
        Files.writeString(file, SWORD);
        var project = Project.at(folder, Map.of(), Map.of());
        catalog = LiveCatalog.watch(project, messages::add);
        unwatched = new LiveCatalog(project, heard::add);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private boolean has(String path) {
        return catalog.get().at("GET", path).isPresent();
    }

    /** The median of a few, as a machine busy with other things may stall any one. */
    @Test
    void takesAnEditAtOnce() throws IOException {
        var waits = new ArrayList<Duration>();
        for (int i = 0; i < 5; i++) {
            var path = "/purchase_" + i;
            Files.writeString(file, SWORD.replace("/purchase_a_sword", path));
            var before = System.nanoTime();
            await(() -> has(path));
            waits.add(Duration.ofNanos(System.nanoTime() - before));
        }
        assertThat(waits.stream().sorted().toList().get(2)).isLessThan(AT_ONCE);
    }

    @Test
    void takesAnEditAndSaysWhatChanged() throws IOException {
        Files.writeString(file, SWORD + KNIFE);
        await(() -> has("/purchase_a_knife"));
        await(() -> messages.equals(List.of("catalog: + purchase_knife (GET /purchase_a_knife)")));

        Files.writeString(file, SWORD.replace("Sword P", "Sword p") + KNIFE);
        await(() -> messages.size() == 2);
        Files.writeString(file, SWORD.replace("Sword P", "Sword p"));
        await(() -> messages.size() == 3);
        assertThat(messages.subList(1, 3))
                .containsExactly(
                        "catalog: ~ purchase_sword (GET /purchase_a_sword)",
                        "catalog: - purchase_knife (GET /purchase_a_knife)");
        assertThat(has("/purchase_a_knife")).isFalse();
    }

    @Test
    void takesAFileThatAnEditorPutsInItsPlace() throws IOException {
        var copy = Files.writeString(folder.resolve("questline.yaml~"), SWORD + KNIFE);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
        await(() -> has("/purchase_a_knife"));
    }

    @Test
    void keepsTheOldCatalogThroughABrokenEditAndSaysSoOnce() throws Exception {
        Files.writeString(file, SWORD + KNIFE.replace("route:", "rout:"));
        await(() -> messages.size() == 1);
        Thread.sleep(400);

        assertThat(messages).hasSize(1);
        assertThat(messages.get(0)).contains("ERROR", file + ":6: ", "did you mean 'route'?");
        assertThat(has("/purchase_a_sword")).isTrue();

        Files.writeString(file, SWORD + KNIFE);
        await(() -> has("/purchase_a_knife"));
    }

    @Test
    void saysWhenABrokenFileIsInOrderAgain() throws IOException {
        Files.writeString(file, "events: [");
        await(() -> messages.size() == 1);
        Files.writeString(file, SWORD);
        await(() -> messages.size() == 2);
        assertThat(messages.get(1)).contains("in order again");
    }

    @Test
    void takesNoPartOfAFileThatIsBeingSaved() throws IOException {
        var whole = SWORD + KNIFE;
        for (int length = 20; length < whole.length(); length++) {
            Files.writeString(file, whole.substring(0, length));
            unwatched.look();
        }
        Files.writeString(file, whole);
        unwatched.look();
        assertThat(heard).isEmpty();

        unwatched.look();
        assertThat(heard).containsExactly("catalog: + purchase_knife (GET /purchase_a_knife)");
    }

    @Test
    void followsAFileThatGoesAndComesBack() throws IOException {
        Files.delete(file);
        await(() -> has("/"));
        Files.writeString(file, SWORD);
        await(() -> !has("/"));
    }

    @Test
    void saysThatOtherSettingsWait() throws IOException {
        Files.writeString(file, "collector:\n  port: 5001\n" + SWORD);
        await(() -> messages.size() == 1);
        assertThat(messages.get(0)).contains("next start");
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited longer than " + PATIENCE).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
