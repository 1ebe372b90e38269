package dev.questline.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * What libraries have to say is not for the person at the terminal: errors reach her as {@code UserError}s. Logback finds
 * this by itself once a library logs; a command without one does not load it. The stack then logs to its files.
 */
public final class QuietLogs extends ContextAwareBase implements Configurator {
    /** A system property, so that asking for quiet loads nothing either. */
    static final String WANTED = "questline.logs.quiet";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (!Boolean.getBoolean(WANTED)) {
            return ExecutionStatus.NEUTRAL;
        }
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
