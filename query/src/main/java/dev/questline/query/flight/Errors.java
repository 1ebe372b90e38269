package dev.questline.query.flight;

import dev.questline.event.UserError;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Errors as a client shows them: the message that a terminal would get, and no stack trace. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    private Errors() {}

    /** Gives what the work gives, or throws what the caller is to be told. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            throw of(e);
        }
    }

    static FlightRuntimeException of(Throwable e) {
        if (e instanceof FlightRuntimeException told) {
            return told;
        }
        if (e instanceof UserError error) {
            if (error.getCause() != null) {
                LOG.warn("{}", error.getMessage(), error);
            }
            return CallStatus.INVALID_ARGUMENT
                    .withDescription(String.valueOf(error.getMessage()))
                    .toRuntimeException();
        }
        LOG.error("internal error", e);
        return CallStatus.INTERNAL.withDescription("internal error: " + e).toRuntimeException();
    }

    static FlightRuntimeException unsupported(String what) {
        return CallStatus.UNIMPLEMENTED.withDescription(what).toRuntimeException();
    }

    static FlightRuntimeException unknown(String what) {
        return CallStatus.NOT_FOUND.withDescription(what).toRuntimeException();
    }
}
