package dev.questline.cli.fault;

import dev.questline.cli.fault.Clients.Refused;
import java.time.Duration;

/** The times that the collector promises, each with something for a machine that stands still. */
final class Promise {
    /** For a request whose event may be on its way. */
    private static final Duration DEADLINE = Duration.ofSeconds(6 + 2);

    /** Once it is known that the log takes no events. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** From when the log can take events again. It is one second, and printed. */
    static final Duration RECOVERY = Duration.ofSeconds(4);

    private Promise() {}

    static boolean isInTime(Refused refused) {
        return refused.time().compareTo(DEADLINE) < 0;
    }

    static boolean isAtOnce(Refused refused) {
        return refused.time().compareTo(AT_ONCE) < 0;
    }
}
