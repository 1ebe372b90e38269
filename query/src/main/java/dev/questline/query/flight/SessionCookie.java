package dev.questline.query.flight;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;
import org.jspecify.annotations.Nullable;

/**
 * A connection's name, by which its calls find their session: a cookie, as drivers keep them for each connection. Flight's
 * own middleware for this refuses whom it doesn't know, and a connection would not outlive a restart of Spark.
 */
final class SessionCookie implements FlightServerMiddleware {
    static final Key<SessionCookie> KEY = Key.of("questline-session");
    private static final String NAME = "questline_session";

    private final @Nullable String given;
    private @Nullable String made;

    private SessionCookie(@Nullable String given) {
        this.given = given;
    }

    static final class Factory implements FlightServerMiddleware.Factory<SessionCookie> {
        @Override
        public SessionCookie onCallStarted(CallInfo call, CallHeaders headers, RequestContext context) {
            return new SessionCookie(find(headers));
        }

        private static @Nullable String find(CallHeaders headers) {
            for (var line : Objects.requireNonNullElse(headers.getAll("cookie"), List.<String>of())) {
                for (var cookie : line.split(";\\s*", -1)) {
                    if (cookie.startsWith(NAME + "=")) {
                        return cookie.substring(NAME.length() + 1).replace("\"", "");
                    }
                }
            }
            return null;
        }
    }

    /** The caller's, or a new one that the answer will tell. */
    synchronized String session() {
        if (given != null) {
            return given;
        }
        if (made == null) {
            made = UUID.randomUUID().toString();
        }
        return made;
    }

    @Override
    public synchronized void onBeforeSendingHeaders(CallHeaders headers) {
        if (made != null) {
            headers.insert("set-cookie", NAME + "=" + made);
        }
    }

    @Override
    public void onCallCompleted(CallStatus status) {
        // Sessions are forgotten by themselves.
    }

    @Override
    public void onCallErrored(Throwable e) {
        // The caller hears of it.
    }
}
