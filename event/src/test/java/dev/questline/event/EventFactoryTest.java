package dev.questline.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventFactoryTest {
    private static final Instant RECEIVED = Instant.parse("2026-11-22T18:00:00.123Z");
    private static final EventType SWORD =
            Catalog.BUILT_IN.at("GET", "/purchase_a_sword").orElseThrow();
    private static final EventType KNIFE =
            Catalog.BUILT_IN.at("GET", "/purchase_a_knife").orElseThrow();

    private final EventFactory factory = new EventFactory();

    @Test
    void theBytesAreOwnFieldsThenHeaders() {
        var event = factory.event(
                Catalog.BUILT_IN,
                SWORD,
                headers(
                        entry("Host", "user1.comcast.com"),
                        entry("User-Agent", "ApacheBench/2.3"),
                        entry("Accept", "*/*"),
                        entry("Authorization", "Basic s3cret")),
                RECEIVED);
        assertThat(text(event))
                .isEqualTo("{\"event_type\":\"purchase_sword\",\"Host\":\"user1.comcast.com\","
                        + "\"User-Agent\":\"ApacheBench/2.3\",\"Accept\":\"*/*\"}");
        assertThat(event.type()).isEqualTo("purchase_sword");
        assertThat(event.time()).isEqualTo(RECEIVED);
        assertThat(event.key()).isEmpty();
        assertThat(text(factory.event(Catalog.BUILT_IN, KNIFE, headers(), RECEIVED)))
                .isEqualTo("{\"event_type\":\"purchase_knife\",\"description\":\"very sharp knife\"}");
    }

    @Test
    void aHeaderNeverOverwritesAnOwnField() {
        var type = type(Map.of("Host", "castle"), Optional.empty());
        assertThat(text(factory.event(Catalog.BUILT_IN, type, headers(entry("host", "elsewhere")), RECEIVED)))
                .isEqualTo("{\"event_type\":\"test\",\"Host\":\"castle\"}");
    }

    @Test
    void noHeaderDiffersFromAnOwnFieldOrTheTimeInCapitalsAlone() {
        var type = type(Map.of("material", "oak"), Optional.of("Timestamp"));
        var other = type(Map.of("Host", "castle", "shape", "long"), Optional.empty());
        var odd = headers(
                entry("Material", "x"),
                entry("EVENT_TYPE", "x"),
                entry("Timestamp", "x"),
                entry("Shape", "x"),
                entry("Host", "h"));
        var event = factory.event(new Catalog(List.of(type, at("/other", other))), type, odd, RECEIVED);
        assertThat(text(event)).isEqualTo("{\"event_type\":\"test\",\"material\":\"oak\",\"Host\":\"h\"}");
        assertThat(event.key()).isEmpty();
    }

    @Test
    void everyTypeOfJsonIsWritten() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("text", "\"quoted\" \\ \n ü 🗡 \u0001");
        fields.put("whole", 7);
        fields.put("long", Long.MIN_VALUE);
        fields.put("huge", new BigInteger("123456789012345678901234567890"));
        fields.put("broken", 0.5);
        fields.put("flag", true);
        fields.put("none", null);
        fields.put("list", Arrays.asList(1, null, List.of("x")));
        fields.put("map", Map.of("a", Map.of("b", List.of())));
        assertThat(text(factory.event(Catalog.BUILT_IN, type(fields, Optional.empty()), headers(), RECEIVED)))
                .isEqualTo("{\"event_type\":\"test\",\"text\":\"\\\"quoted\\\" \\\\ \\n ü 🗡 \\u0001\",\"whole\":7,"
                        + "\"long\":-9223372036854775808,\"huge\":123456789012345678901234567890,\"broken\":0.5,"
                        + "\"flag\":true,\"none\":null,\"list\":[1,null,[\"x\"]],\"map\":{\"a\":{\"b\":[]}}}");
    }

    @Test
    void numbersThatJsonLacksStayJson() {
        var fields = Map.<String, Object>of("n", Double.NaN);
        assertThat(text(factory.event(Catalog.BUILT_IN, type(fields, Optional.empty()), headers(), RECEIVED)))
                .isEqualTo("{\"event_type\":\"test\",\"n\":\"NaN\"}");
    }

    @Test
    void halfACharacterStaysJson() {
        var fields = Map.<String, Object>of("half", "\ud83d");
        assertThat(text(factory.event(Catalog.BUILT_IN, type(fields, Optional.empty()), headers(), RECEIVED)))
                .isEqualTo("{\"event_type\":\"test\",\"half\":\"\\uD83D\"}");
    }

    @Test
    void theKeyIsAFieldOrAHeader() {
        var fields = Map.<String, Object>of("realm", 7);
        assertThat(factory.event(Catalog.BUILT_IN, type(fields, Optional.of("realm")), headers(), RECEIVED)
                        .key())
                .contains("7");
        var byHeader = type(fields, Optional.of("Host"));
        assertThat(factory.event(Catalog.BUILT_IN, byHeader, headers(entry("host", "h")), RECEIVED)
                        .key())
                .contains("h");
        assertThat(factory.event(Catalog.BUILT_IN, byHeader, headers(), RECEIVED)
                        .key())
                .isEmpty();
    }

    @Test
    void theIdIsTheClientsOrAUuidOfVersion7() {
        assertThat(factory.event(Catalog.BUILT_IN, SWORD, headers(entry("ce-id", "mine")), RECEIVED)
                        .id())
                .isEqualTo("mine");
        assertThat(factory.event(Catalog.BUILT_IN, SWORD, headers(entry("ce-id", "mine")), RECEIVED)
                        .isClientId())
                .isTrue();
        assertThat(factory.event(Catalog.BUILT_IN, SWORD, headers(), RECEIVED).isClientId())
                .isFalse();
        var first = UUID.fromString(
                factory.event(Catalog.BUILT_IN, SWORD, headers(), RECEIVED).id());
        var second = UUID.fromString(
                factory.event(Catalog.BUILT_IN, SWORD, headers(), RECEIVED).id());
        assertThat(first.version()).isEqualTo(7);
        assertThat(second.toString()).isGreaterThan(first.toString());
    }

    @Test
    void traceContextPassesThroughIfItIsValid() {
        var parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        assertThat(trace(entry("traceparent", parent), entry("tracestate", "a=1"), entry("tracestate", "b=2")))
                .isEqualTo(Map.of("traceparent", parent, "tracestate", "a=1, b=2"));
        assertThat(trace(entry("TraceParent", parent))).isEqualTo(Map.of("traceparent", parent));
        assertThat(trace(entry("traceparent", parent.toUpperCase(java.util.Locale.ROOT))))
                .isEmpty();
        assertThat(trace(entry("traceparent", parent), entry("traceparent", parent)))
                .isEmpty();
        assertThat(trace(entry("traceparent", parent.replace("b7ad6b7169203331", "0".repeat(16)))))
                .isEmpty();
        assertThat(trace(entry("tracestate", "a=1"))).isEmpty();
        // What later versions may add, the first has not.
        assertThat(trace(entry("traceparent", parent + "-more"))).isEmpty();
        var later = "01" + parent.substring(2) + "-more";
        assertThat(trace(entry("traceparent", later))).isEqualTo(Map.of("traceparent", later));
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // of which List.of is one more
    private Map<String, String> trace(Map.Entry<String, String>... lines) {
        return factory.event(Catalog.BUILT_IN, SWORD, headers(lines), RECEIVED).trace();
    }

    private static EventType at(String path, EventType type) {
        return new EventType(type.name(), new Route("GET", path), "", type.fields(), Optional.empty());
    }

    private static EventType type(Map<String, Object> ownFields, Optional<String> key) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("event_type", "test");
        fields.putAll(ownFields);
        return new EventType("test", new Route("GET", "/"), "", fields, key);
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // of which List.of is one more
    private static RequestHeaders headers(Map.Entry<String, String>... lines) {
        return new RequestHeaders(List.of(lines));
    }

    private static String text(Event event) {
        return new String(event.value(), UTF_8);
    }
}
