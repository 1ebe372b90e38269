package dev.questline.query;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Where a Spark process answers, and the secret it answers to. Its line is the first the process prints. */
public record Endpoint(int port, String token) {
    private static final JsonFactory JSON = new JsonFactory();

    /** As the Spark process prints it: {@code {"port":12345,"token":"…"}}. */
    public String line() {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("port", port);
            json.writeStringField("token", token);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** Reads the line; throws {@link IllegalArgumentException} if it is none. */
    public static Endpoint parse(String line) {
        var port = 0;
        var token = "";
        try (var json = JSON.createParser(line)) {
            json.nextToken();
            for (var field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "port" -> port = json.getIntValue();
                    case "token" -> token = json.getText();
                    default -> json.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("'" + line + "' is no line of a Spark process", e);
        }
        if (port <= 0 || token.isEmpty()) {
            throw new IllegalArgumentException("'" + line + "' is no line of a Spark process");
        }
        return new Endpoint(port, token);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "127.0.0.1:" + port;
    }
}
