package dev.questline.bench.lab;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a server until it answers as it should. */
public final class Answers {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(2);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Answers() {}

    /** Returns the first answer of 200. */
    public static HttpResponse<String> await(Server server) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var answer = ask(server.url());
                if (answer.statusCode() == 200) {
                    return answer;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            if (!server.process().isAlive()) {
                throw new IOException("the server at " + server.url() + " has ended"
                        + server.process().lastWords());
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new IOException("the server at " + server.url() + " did not answer with 200 within " + LIMIT.toSeconds()
                + " s" + server.process().lastWords());
    }

    private static HttpResponse<String> ask(URI url) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
