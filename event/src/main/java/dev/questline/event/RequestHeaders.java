package dev.questline.event;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A request's headers under their canonical names, as they enter the log: {@code user-agent} becomes
 * {@code User-Agent}; lines of the same name are joined by a comma (RFC 9110, section 5.3). Credentials and keys are
 * left out, as are the attributes of CloudEvents ({@code ce-…}), which become record headers.
 */
public final class RequestHeaders {
    /** Of a name's words, parted by {@code - _ .}, the last says what the value is, but for those that say which. */
    private static final Set<String> SECRET = Set.of(
            "auth",
            "cookie",
            "cookie2",
            "credential",
            "credentials",
            "key",
            "otp",
            "pass",
            "passphrase",
            "passwd",
            "pin",
            "pw",
            "pwd",
            "session",
            "sessionid",
            "sid",
            "signature");

    /** Behind what they tell apart: {@code X-Session-Id}, {@code X-Api-Key-V2}, {@code X-Hub-Signature-256}. */
    private static final Pattern WHICH_ONE = Pattern.compile("id|v?[0-9]+|(sha|md)[0-9]+");

    /** Wherever they stand: proxies send {@code Cf-Access-Jwt-Assertion} and {@code X-Amzn-Oidc-Data}. */
    private static final Set<String> SECRET_WORDS =
            Set.of("assertion", "authentication", "authorization", "bearer", "dpop", "hmac", "jwt", "oidc");

    /** Also as the end of a longer word: {@code X-Accesstoken}. */
    private static final List<String> SECRET_ENDS = List.of("apikey", "password", "secret", "token");

    /** W3C Trace Context, level 1, section 3.2; one that is none is taken for absent, as is version 00 with a tail. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff|00.{54})[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.*)?");

    private final Map<String, String> logged = new LinkedHashMap<>();
    private Optional<String> clientId = Optional.empty();

    /** Takes the lines of a request in their order, their values with a character for each byte. */
    public RequestHeaders(Iterable<Map.Entry<String, String>> lines) {
        for (var line : lines) {
            add(Name.of(line.getKey()), HeaderText.of(line.getValue()));
        }
    }

    private void add(Name name, String value) {
        switch (name.use()) {
            case CLIENT_ID -> clientId = clientId.or(() -> Optional.of(value).filter(id -> !id.isBlank()));
            case LOGGED -> logged.merge(name.text(), value, (first, next) -> first + ", " + next);
            case LEFT_OUT -> {}
        }
    }

    /** Takes those out again. */
    void leaveOut(Predicate<String> names) {
        logged.keySet().removeIf(names);
    }

    /** Whether events take a header of this canonical name, if it comes. */
    static boolean isLogged(String canonical) {
        return Name.useOf(canonical) == Use.LOGGED;
    }

    /** The id the client gave this event by {@code Idempotency-Key} or {@code ce-id}. */
    public Optional<String> clientId() {
        return clientId;
    }

    /** {@code traceparent} and, if it is valid, {@code tracestate}; empty for a request that is not traced. */
    Map<String, String> trace() {
        var parent = logged.get("Traceparent");
        if (parent == null || !TRACE_PARENT.matcher(parent).matches()) {
            return Map.of();
        }
        var state = logged.get("Tracestate");
        return state == null ? Map.of("traceparent", parent) : Map.of("traceparent", parent, "tracestate", state);
    }

    Map<String, String> logged() {
        return logged;
    }

    private enum Use {
        CLIENT_ID,
        LOGGED,
        LEFT_OUT
    }

    /** A header's name and what becomes of its value; the same few come with every request, so they are kept. */
    private record Name(String text, Use use) {
        private static final int KEPT = 1_000;
        private static final int LONGEST_KEPT = 100;
        private static final ConcurrentMap<String, Name> NAMES = new ConcurrentHashMap<>();

        static Name of(String name) {
            var known = NAMES.get(name);
            if (known != null) {
                return known;
            }
            var canonical = canonical(name);
            var made = new Name(canonical, useOf(canonical));
            if (NAMES.size() < KEPT && name.length() <= LONGEST_KEPT) {
                NAMES.put(name, made);
            }
            return made;
        }

        private static Use useOf(String canonical) {
            if (canonical.equals("Idempotency-Key") || canonical.equals("Ce-Id")) {
                return Use.CLIENT_ID;
            }
            return canonical.startsWith("Ce-") || isSecret(canonical) ? Use.LEFT_OUT : Use.LOGGED;
        }
    }

    /** Whether a header's value is a secret and must not enter the log or a log file. */
    static boolean isSecret(String name) {
        var rest = name.toLowerCase(Locale.ROOT);
        if (isSecretAtTheEnd(lastWord(rest)) || isSecretAtTheEnd(lastWord(withoutWhichOne(rest)))) {
            return true;
        }
        for (int mark = rest.length(); mark >= 0; mark = lastMark(rest)) {
            rest = rest.substring(0, mark);
            if (SECRET_WORDS.contains(lastWord(rest))) {
                return true;
            }
        }
        return false;
    }

    private static String withoutWhichOne(String name) {
        var rest = name;
        while (lastMark(rest) > 0 && WHICH_ONE.matcher(lastWord(rest)).matches()) {
            rest = rest.substring(0, lastMark(rest));
        }
        return rest;
    }

    private static String lastWord(String name) {
        return name.substring(1 + lastMark(name));
    }

    private static boolean isSecretAtTheEnd(String word) {
        return SECRET.contains(word) || SECRET_ENDS.stream().anyMatch(word::endsWith);
    }

    private static int lastMark(String name) {
        return Math.max(name.lastIndexOf('-'), Math.max(name.lastIndexOf('_'), name.lastIndexOf('.')));
    }

    /** Each word between hyphens with a capital, the rest small: {@code USER-AGENT} is {@code User-Agent}. */
    static String canonical(String name) {
        var canonical = new StringBuilder(name.toLowerCase(Locale.ROOT));
        for (int i = 0; i < canonical.length(); i++) {
            if (i == 0 || canonical.charAt(i - 1) == '-') {
                canonical.setCharAt(i, Character.toUpperCase(canonical.charAt(i)));
            }
        }
        return canonical.toString();
    }
}
