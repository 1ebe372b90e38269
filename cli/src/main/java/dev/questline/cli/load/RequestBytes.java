package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan's requests as bytes: HTTP/1.0 as ApacheBench speaks it, the same for all but for the number in the id. */
final class RequestBytes {
    private static final String ID_HEADER = "Idempotency-Key";

    /** Of these, a server expects to be told the length even of nothing. */
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final byte[] head;
    private final byte[] rest;
    private final boolean numbered;

    RequestBytes(LoadPlan plan) {
        var text = new StringBuilder(plan.method() + " " + plan.path() + " HTTP/1.0\r\n");
        for (var header : headers(plan)) {
            text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        plan.run().ifPresent(run -> text.append(ID_HEADER).append(": ").append(LoadPlan.prefix(run)));
        head = text.toString().getBytes(UTF_8);
        numbered = plan.run().isPresent();
        var end = (numbered ? "\r\n\r\n" : "\r\n").getBytes(UTF_8);
        rest = Arrays.copyOf(end, end.length + plan.body().length);
        System.arraycopy(plan.body(), 0, rest, end.length, plan.body().length);
    }

    /** One event loop's own. */
    RequestBuffer buffer() {
        return new RequestBuffer(head, rest, numbered);
    }

    /** The defaults, in each one's place what is given for it; then what else is given. */
    private static List<Map.Entry<String, String>> headers(LoadPlan plan) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        var given = new ArrayList<>(plan.headers());
        for (var byDefault : defaults(plan)) {
            var name = byDefault.getKey();
            var instead = given.stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .toList();
            given.removeAll(instead);
            if (instead.isEmpty()) {
                headers.add(byDefault);
            }
            instead.forEach(header -> headers.add(Map.entry(name, header.getValue())));
        }
        headers.addAll(given);
        return headers;
    }

    private static List<Map.Entry<String, String>> defaults(LoadPlan plan) {
        var headers = new ArrayList<Map.Entry<String, String>>();
        if (plan.keepAlive()) {
            headers.add(Map.entry("Connection", "Keep-Alive"));
        }
        headers.add(Map.entry("Host", plan.url().getPort() == -1 ? plan.host() : plan.host() + ":" + plan.port()));
        headers.add(Map.entry("User-Agent", "questline-load"));
        headers.add(Map.entry("Accept", "*/*"));
        if (plan.body().length > 0 || WITH_BODY.contains(plan.method())) {
            headers.add(Map.entry("Content-Length", Integer.toString(plan.body().length)));
        }
        return headers;
    }
}
