package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagerTest {
    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void whatIsSaidWhileThePagerHasTheScreenComesAfterIt() throws IOException {
        var pager = new Pager(screen, 2, Map.of("PAGER", "cat > /dev/null"));
        try (var beside = pager.beside(said)) {
            beside.write("before, ".getBytes(UTF_8));
            assertThat(said).hasToString("before, ");
            pager.write("1\n2\n3\n".getBytes(UTF_8));
            beside.write("after".getBytes(UTF_8));
            pager.close();
            assertThat(said).hasToString("before, ");
        }
        assertThat(said).hasToString("before, after");
        assertThat(screen.size()).isZero();
    }

    @Test
    void aScreenfulNeedsNoPager() throws IOException {
        var pager = new Pager(screen, 9, Map.of("PAGER", "cat > /dev/null"));
        pager.write("1\n2\n".getBytes(UTF_8));
        pager.close();

        assertThat(screen).hasToString("1\n2\n");
    }
}
