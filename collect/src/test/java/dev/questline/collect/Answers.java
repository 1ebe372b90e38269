package dev.questline.collect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Arrays.asList;

import dev.questline.collect.RawClient.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads what a connection brought strictly: what is no well-formed answer of HTTP/1 fails. */
final class Answers {
    private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] [1-5]\\d\\d [ -~]+");
    private static final Pattern HEADER = Pattern.compile("([A-Za-z0-9-]+): ([ -~]*)");

    private final String bytes;
    private int position;

    private Answers(String bytes) {
        this.bytes = bytes;
    }

    static List<Answer> of(byte[] bytes) {
        var rest = new Answers(new String(bytes, ISO_8859_1));
        var answers = new ArrayList<Answer>();
        while (rest.position < bytes.length) {
            answers.add(rest.next());
        }
        return answers;
    }

    private Answer next() {
        int end = bytes.indexOf("\r\n\r\n", position);
        check(end > 0, "an answer's head ends");
        var lines = asList(bytes.substring(position, end).split("\r\n", -1));
        check(STATUS_LINE.matcher(lines.get(0)).matches(), "a status line: " + lines.get(0));
        var headers = headers(lines.subList(1, lines.size()));
        position = end + 4;
        return new Answer(lines.get(0), headers, body(headers.get("content-length"), lines.get(0)));
    }

    private Map<String, String> headers(List<String> lines) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (var line : lines) {
            var matcher = HEADER.matcher(line);
            check(matcher.matches(), "a header: " + line);
            check(headers.put(matcher.group(1), matcher.group(2)) == null, "a header once: " + line);
        }
        return headers;
    }

    /** None where another answer begins: that was one to HEAD. */
    private String body(String length, String statusLine) {
        if (statusLine.contains(" 100 ") || bytes.startsWith("HTTP/1.", position) || position == bytes.length()) {
            return "";
        }
        check(length != null, "a length");
        int end = position + Integer.parseInt(length);
        check(end <= bytes.length(), "a whole body");
        var body = bytes.substring(position, end);
        position = end;
        return body;
    }

    private void check(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("not " + what + ", at " + position + " of:\n" + bytes);
        }
    }
}
