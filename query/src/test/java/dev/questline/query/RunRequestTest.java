package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunRequestTest {
    @Test
    void isReadAsWritten() throws IOException {
        var request = new RunRequest(List.of("sql", "select '😀\n\"'"), Path.of("/a b"), 120, true, "one");

        assertThat(RunRequest.read(request.bytes())).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"arguments\":[],\"folder\":\"/\"}",
                "{\"arguments\":[\"sql\"],\"folder\":\"relative\"}",
                "{\"arguments\":[\"sql\", 1],\"folder\":\"/\"}",
                "{\"arguments\":\"sql\",\"folder\":\"/\"}",
                "{\"arguments\":[\"sql\"],\"folder\":\"/\",\"widht\":1}",
                "{\"arguments\":[\"sql\"],\"folder\":\"/\",\"width\":\"wide\"}"
            })
    void anythingElseIsRefused(String body) {
        assertThatThrownBy(() -> RunRequest.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEndpointsLineIsReadAsWritten() {
        var endpoint = new Endpoint(12345, "secret");

        assertThat(endpoint.line()).isEqualTo("{\"port\":12345,\"token\":\"secret\"}");
        assertThat(Endpoint.parse(endpoint.line())).isEqualTo(endpoint);
        assertThat(endpoint).hasToString("127.0.0.1:12345");
        assertThatThrownBy(() -> Endpoint.parse("Error: no such class")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void progressIsABarAndACount() {
        assertThat(Progress.line(7, 20)).isEqualTo("[======>             ] 35% (7/20 tasks)");
        assertThat(Progress.line(0, 20)).isEqualTo("[                    ] 0% (0/20 tasks)");
        assertThat(Progress.line(20, 20)).isEqualTo("[===================>] 100% (20/20 tasks)");
    }
}
