package dev.questline.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.questline.event.Settings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** Where the libraries' logging goes: nowhere for a short command, to a file for the stack. */
final class Logs {
    private Logs() {}

    /** For the stack. */
    static void to(OutputStream file, Settings.Logs how) {
        logTo(file, how, Level.WARN);
    }

    /** For a collector of its own, whose messages are all there is to say why it refuses. */
    static void toStandardError(Settings.Logs how) {
        logTo(System.err, how, Level.ERROR);
    }

    /** What the command itself has to say, where it shares standard error with the log: there in the log's form. */
    static Consumer<String> messages(Settings.Logs how, PrintStream err) {
        return switch (how.format()) {
            case TEXT -> err::println;
            case JSON -> LoggerFactory.getLogger(CollectCommand.class)::info;
        };
    }

    private static void logTo(OutputStream out, Settings.Logs how, Level ofLibraries) {
        var encoder = switch (how.format()) {
            case TEXT -> textEncoder();
            case JSON -> new JsonLineEncoder();
        };
        encoder.start();
        var appender = new OutputStreamAppender<ILoggingEvent>();
        appender.setContext(context());
        appender.setEncoder(encoder);
        appender.setOutputStream(out);
        appender.start();
        root().detachAndStopAllAppenders();
        root().addAppender(appender);
        root().setLevel(ofLibraries);
        context().getLogger("dev.questline").setLevel(Level.INFO);
        // Says at each of several tries a second what our own log says once.
        context().getLogger("org.apache.kafka.clients.NetworkClient").setLevel(Level.OFF);
    }

    private static Encoder<ILoggingEvent> textEncoder() {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context());
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSS} %-5level %logger{24}: %msg%n");
        return encoder;
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
