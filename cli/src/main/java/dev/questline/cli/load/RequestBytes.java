package dev.questline.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** A plan's requests as bytes: HTTP/1.0 as ApacheBench speaks it, made once but for the number in the id. */
final class RequestBytes {
    private static final String ID_HEADER = "Idempotency-Key";

    private final byte[] beforeNumber;
    private final byte[] afterNumber;
    private final boolean numbered;

    RequestBytes(LoadPlan plan) {
        var head = new StringBuilder(plan.method() + " " + plan.path() + " HTTP/1.0\r\n");
        headers(plan)
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        plan.run().ifPresent(run -> head.append(ID_HEADER).append(": ").append(LoadPlan.prefix(run)));
        beforeNumber = head.toString().getBytes(ISO_8859_1);
        numbered = plan.run().isPresent();
        afterNumber = Buffer.buffer(numbered ? "\r\n\r\n" : "\r\n")
                .appendBytes(plan.body())
                .getBytes();
    }

    Buffer request(long number) {
        var request =
                Buffer.buffer(beforeNumber.length + afterNumber.length + 20).appendBytes(beforeNumber);
        if (numbered) {
            request.appendString(Long.toString(number));
        }
        return request.appendBytes(afterNumber);
    }

    private static Map<String, String> headers(LoadPlan plan) {
        var headers = new LinkedHashMap<String, String>();
        if (plan.keepAlive()) {
            headers.put("Connection", "Keep-Alive");
        }
        headers.put("Host", plan.url().getPort() == -1 ? plan.host() : plan.host() + ":" + plan.port());
        headers.put("User-Agent", "questline-load");
        headers.put("Accept", "*/*");
        if (plan.body().length > 0) {
            headers.put("Content-Length", Integer.toString(plan.body().length));
        }
        var names = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        headers.keySet().forEach(name -> names.put(name, name));
        for (var header : plan.headers()) {
            headers.put(names.computeIfAbsent(header.getKey(), name -> name), header.getValue());
        }
        return headers;
    }
}
