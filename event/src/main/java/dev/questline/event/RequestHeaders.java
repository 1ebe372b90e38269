package dev.questline.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A request's headers under their canonical names, as they enter the log: {@code user-agent} becomes
 * {@code User-Agent}; lines of the same name are joined by a comma (RFC 9110, section 5.3). Credentials and keys are
 * left out, as are the attributes of CloudEvents ({@code ce-…}), which become record headers.
 */
public final class RequestHeaders {
    private static final Set<String> SECRET = Set.of("Authorization", "Proxy-Authorization", "Cookie", "Cookie2");
    private static final Set<String> SECRET_LAST_WORD =
            Set.of("Key", "Apikey", "Token", "Secret", "Password", "Signature");

    private final Map<String, String> logged = new LinkedHashMap<>();
    private Optional<String> clientId = Optional.empty();

    /** Takes the lines of a request in their order. */
    public RequestHeaders(Iterable<Map.Entry<String, String>> lines) {
        for (var line : lines) {
            add(canonical(line.getKey()), line.getValue());
        }
    }

    private void add(String name, String value) {
        if (name.equals("Idempotency-Key") || name.equals("Ce-Id")) {
            clientId = clientId.or(() -> Optional.of(value).filter(id -> !id.isBlank()));
        } else if (!name.startsWith("Ce-") && !isSecret(name)) {
            logged.merge(name, value, (first, next) -> first + ", " + next);
        }
    }

    /** The id the client gave this event by {@code Idempotency-Key} or {@code ce-id}. */
    public Optional<String> clientId() {
        return clientId;
    }

    Map<String, String> logged() {
        return logged;
    }

    /** Whether a header's value is a secret and must not enter the log or a log file. */
    static boolean isSecret(String canonicalName) {
        return SECRET.contains(canonicalName)
                || SECRET_LAST_WORD.contains(canonicalName.substring(canonicalName.lastIndexOf('-') + 1));
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
