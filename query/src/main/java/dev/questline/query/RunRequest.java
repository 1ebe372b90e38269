package dev.questline.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of {@code POST /run}.
 *
 * @param arguments the command line without the program's name: {@code sql}, …
 * @param folder where the caller's relative paths start
 * @param width columns of the caller's terminal, 0 without one
 * @param progress whether the caller wants to see how far a long statement is
 * @param session whose views the statements see; empty for one of their own
 */
record RunRequest(List<String> arguments, Path folder, int width, boolean progress, String session) {
    private static final JsonFactory JSON = new JsonFactory();

    byte[] bytes() throws IOException {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeFieldName("arguments");
            json.writeArray(arguments.toArray(String[]::new), 0, arguments.size());
            json.writeStringField("folder", folder.toString());
            json.writeNumberField("width", width);
            json.writeBooleanField("progress", progress);
            json.writeStringField("session", session);
            json.writeEndObject();
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Throws {@link IllegalArgumentException} if it is no such request. */
    static RunRequest read(byte[] body) {
        var arguments = new ArrayList<String>();
        var folder = Path.of("");
        var width = 0;
        var progress = false;
        var session = "";
        try (var json = JSON.createParser(body)) {
            expect(json, JsonToken.START_OBJECT);
            for (var field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "arguments" -> readTexts(json, arguments);
                    case "folder" -> folder = Path.of(json.getText());
                    case "width" -> width = json.getIntValue();
                    case "progress" -> progress = json.getBooleanValue();
                    case "session" -> session = json.getText();
                    default -> throw new IllegalArgumentException("a request has no '" + field + "'");
                }
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("a request is a JSON object: " + e.getMessage(), e);
        }
        return checked(new RunRequest(List.copyOf(arguments), folder, width, progress, session));
    }

    private static RunRequest checked(RunRequest request) {
        if (request.arguments.isEmpty() || !request.folder.isAbsolute()) {
            throw new IllegalArgumentException("a request needs 'arguments' and an absolute 'folder'");
        }
        return request;
    }

    private static void readTexts(JsonParser json, List<String> texts) throws IOException {
        while (json.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(json.getText());
        }
    }

    private static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.nextToken() != token) {
            throw new IllegalArgumentException("a request is a JSON object");
        }
    }
}
