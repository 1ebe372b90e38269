package dev.questline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ChildProcessTest {
    @Test
    void itsStreamsAndItsExitCodeAreTheCommands() throws Exception {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        assertThat(run(out, err, "echo said; echo moaned >&2; exit 3")).isEqualTo(3);
        assertThat(out.toString(UTF_8)).isEqualTo("said\n");
        assertThat(err.toString(UTF_8)).isEqualTo("moaned\n");
    }

    @Test
    @Timeout(60)
    void endsWhenNobodyReadsItAnyMore() throws Exception {
        var closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        assertThat(run(closed, System.err, "yes")).isZero();
    }

    private static int run(OutputStream out, OutputStream err, String command) throws Exception {
        var caller = new Caller(
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                InputStream.nullInputStream(),
                Path.of("").toAbsolutePath(),
                Map.of());
        return ChildProcess.run(List.of("sh", "-c", command), caller);
    }
}
