package dev.questline.query;

import dev.questline.event.UserError;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks a Spark process that serves. Needs no Spark itself. Of the JDK's two HTTP clients it uses the older one, which
 * costs a short-lived process a tenth of the other.
 */
public final class QueryClient {
    private static final int CONNECT_MILLIS = 5_000;

    /** The service beats each second; a silence this long is a death. */
    private static final int SILENCE_MILLIS = 30_000;

    private final Endpoint endpoint;
    private final Path log;

    /**
     * @param endpoint of the line the process printed
     * @param log the process's log file, which errors name
     */
    public QueryClient(Endpoint endpoint, Path log) {
        // A statement must not run twice because the first answer broke off.
        System.setProperty("sun.net.http.retryPost", "false");
        this.endpoint = endpoint;
        this.log = log;
    }

    /**
     * Runs {@code extract …} or {@code sql …} there and copies what it says as it comes.
     *
     * @param folder where relative paths in the arguments start
     * @param width columns of the terminal, 0 without one
     * @param progress whether to show on {@code err} how far long statements are
     * @return the exit code; 0 once nothing can be written to {@code out} any more, where the work there ends too
     */
    public int run(List<String> arguments, Path folder, int width, boolean progress, PrintStream out, PrintStream err) {
        var request = new RunRequest(arguments, folder.toAbsolutePath(), width, progress);
        var connection = ask(request);
        try {
            return Frames.copy(connection.getInputStream(), out, err);
        } catch (IOException e) {
            throw UserError.failed("the Spark side went away while answering; see " + log, e);
        } finally {
            // Not kept for a next request: by its end the service notices that the rest of an answer is not wanted.
            connection.disconnect();
        }
    }

    private HttpURLConnection ask(RunRequest request) {
        try {
            var connection = connect();
            connection.setDoOutput(true);
            connection.setRequestProperty("Authorization", "Bearer " + endpoint.token());
            connection.setRequestProperty("Content-Type", "application/json");
            connection.getOutputStream().write(request.bytes());
            if (connection.getResponseCode() != 200) {
                throw refused(connection);
            }
            return connection;
        } catch (IOException e) {
            throw UserError.failed("the Spark side at " + endpoint + " does not answer; see " + log, e);
        }
    }

    private HttpURLConnection connect() throws IOException {
        var uri = URI.create("http://127.0.0.1:" + endpoint.port() + "/run");
        var connection = (HttpURLConnection) uri.toURL().openConnection(java.net.Proxy.NO_PROXY);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(SILENCE_MILLIS);
        return connection;
    }

    private UserError refused(HttpURLConnection connection) throws IOException {
        try (var body = connection.getErrorStream()) {
            var reason = body == null ? "" : ": " + new String(body.readAllBytes(), StandardCharsets.UTF_8);
            return UserError.failed("the Spark side at " + endpoint + " refuses" + reason);
        }
    }
}
