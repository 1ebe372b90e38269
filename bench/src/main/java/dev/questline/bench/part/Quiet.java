package dev.questline.bench.part;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engines log what goes wrong, and nothing else: logback's default is all there is to say. */
final class Quiet {
    private Quiet() {}

    static void logs() {
        ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLogger(Logger.ROOT_LOGGER_NAME)
                .setLevel(Level.WARN);
    }
}
