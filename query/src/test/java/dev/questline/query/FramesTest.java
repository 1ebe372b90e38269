package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FramesTest {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aFrameIsChannelLengthAndPayload() throws IOException {
        Frames.write(wire, Frames.OUT, "hi".getBytes(StandardCharsets.UTF_8), 0, 2);
        Frames.writeExit(wire, 258);

        assertThat(wire.toByteArray()).containsExactly(1, 0, 0, 0, 2, 'h', 'i', 0, 0, 0, 0, 4, 0, 0, 1, 2);
    }

    @Test
    void whatIsPrintedArrivesOnItsChannel() throws IOException {
        var answer = new Answer(wire);
        try (var results = answer.stream(Frames.OUT);
                var notes = answer.stream(Frames.ERR)) {
            results.print("a 😀 row\n");
            answer.beat();
            notes.print("a note\n");
        }
        answer.exit(2);

        assertThat(copy()).isEqualTo(2);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("a 😀 row\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("a note\n");
    }

    @Test
    void progressVanishesBeforeResultsAndNeverComesAfterThem() throws IOException {
        var answer = new Answer(wire);
        answer.progress("[=>  ]");
        answer.progress("[]");
        var results = answer.stream(Frames.OUT);
        results.print("row");
        results.flush();
        answer.progress("[==> ]");
        answer.exit(0);

        assertThat(copy()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("\r[=>  ]\r[]    \r      \r");
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("row");
    }

    @Test
    void whatNobodyReadsIsNotCopied() throws IOException {
        Frames.write(wire, Frames.OUT, new byte[10], 0, 10);
        Frames.write(wire, Frames.OUT, new byte[20], 0, 20);
        Frames.writeExit(wire, 1);
        var answer = new ByteArrayInputStream(wire.toByteArray());

        assertThat(Frames.copy(answer, goneReader(), new PrintStream(err, true)))
                .isZero();
        assertThat(answer.available()).isEqualTo(5 + 20 + 5 + 4);
    }

    /** A standard output whose reader has gone, as {@code head} does. */
    static PrintStream goneReader() {
        var out = new PrintStream(OutputStream.nullOutputStream());
        out.close();
        return out;
    }

    @Test
    void anAnswerThatBreaksOffIsNoSuccess() throws IOException {
        Frames.write(wire, Frames.OUT, new byte[10], 0, 10);

        assertThatThrownBy(this::copy).isInstanceOf(EOFException.class);
    }

    @Test
    void nonsenseIsNotReadIntoMemory() {
        wire.writeBytes(new byte[] {1, 127, 0, 0, 0});

        assertThatThrownBy(this::copy).isInstanceOf(IOException.class).hasMessageContaining("2130706432");
    }

    private int copy() throws IOException {
        return Frames.copy(
                new ByteArrayInputStream(wire.toByteArray()), new PrintStream(out, true), new PrintStream(err, true));
    }
}
