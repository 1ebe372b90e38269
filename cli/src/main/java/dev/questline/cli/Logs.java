package dev.questline.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.OutputStream;
import org.slf4j.LoggerFactory;

/** Where the libraries' logging goes: nowhere for a short command, to a file for the stack. */
final class Logs {
    private Logs() {}

    /** What libraries have to say is not for the person at the terminal: errors reach her as {@code UserError}s. */
    static void quiet() {
        root().detachAndStopAllAppenders();
        root().setLevel(Level.OFF);
    }

    /** For the stack. */
    static void to(OutputStream file) {
        logTo(file, Level.WARN);
    }

    /** For a collector of its own, whose messages are all there is to say why it refuses. */
    static void toStandardError() {
        logTo(System.err, Level.ERROR);
    }

    private static void logTo(OutputStream out, Level ofLibraries) {
        var layout = new PatternLayoutEncoder();
        layout.setContext(context());
        layout.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level %logger{24}: %msg%n");
        layout.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context());
        appender.setEncoder(layout);
        appender.setOutputStream(out);
        appender.start();
        root().detachAndStopAllAppenders();
        root().addAppender(appender);
        root().setLevel(ofLibraries);
        context().getLogger("dev.questline").setLevel(Level.INFO);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
