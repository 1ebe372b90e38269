package dev.questline.lake;

import dev.questline.event.UserError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.spark.SparkException;
import org.jspecify.annotations.Nullable;

/** What people are told when Spark, Hadoop or Kafka throw: the root cause in one line, without the layers above it. */
final class Failures {
    private static final Pattern CANCELLED =
            Pattern.compile("cancelled|SparkContext was shut down|stopped SparkContext");

    private Failures() {}

    /** The exception to throw in place of this one; bugs stay what they are. */
    static RuntimeException forPeople(Exception failure) {
        for (var cause : ExceptionUtils.getThrowableList(failure)) {
            if (cause instanceof UserError known) {
                return known;
            }
        }
        var root = root(failure);
        var message = messageOf(failure, root);
        if (message != null) {
            return UserError.failed(message, failure);
        }
        return failure instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static @Nullable String messageOf(Exception failure, Throwable root) {
        var text = firstLine(root);
        if (isCancelled(failure)) {
            return "cancelled";
        }
        if (root instanceof OffsetOutOfRangeException || text.contains("may have been lost")) {
            return "the log dropped records while they were being read (its retention passed); run it again";
        }
        if (root instanceof KafkaException || root instanceof TimeoutException) {
            return "the broker stopped answering: " + text;
        }
        return root instanceof IOException || root instanceof SparkException || root instanceof OutOfMemoryError
                ? "failed: " + text
                : null;
    }

    /** What a file system says of a path, in words that name the path. */
    static UserError ofPath(String path, Exception failure) {
        var root = root(failure);
        return UserError.failed(path + ": " + reason(root), failure);
    }

    private static Throwable root(Exception failure) {
        var causes = ExceptionUtils.getThrowableList(failure);
        return causes.get(causes.size() - 1);
    }

    private static String reason(Throwable root) {
        if (root instanceof ConnectException || root instanceof SocketTimeoutException) {
            return "the file system does not answer (" + firstLine(root) + ")";
        }
        if (root instanceof UnknownHostException) {
            return "there is no such host: " + firstLine(root);
        }
        if (root instanceof UnsupportedFileSystemException) {
            return "there is no such kind of file system; known are local paths, hdfs:// and, with its jar, s3a://";
        }
        if (root instanceof ClassNotFoundException) {
            return "its file system needs a jar that is not on Spark's class path: " + firstLine(root);
        }
        if (root instanceof AccessControlException || firstLine(root).contains("Permission denied")) {
            return "permission denied";
        }
        return root instanceof FileNotFoundException ? firstLine(root) : "cannot be written: " + firstLine(root);
    }

    /** By its job group, by an interrupt, or because this JVM is ending. */
    private static boolean isCancelled(Throwable failure) {
        return ExceptionUtils.getThrowableList(failure).stream()
                .anyMatch(cause -> cause instanceof InterruptedException || saysCancelled(cause));
    }

    private static boolean saysCancelled(Throwable cause) {
        var isSparks = cause instanceof SparkException || cause instanceof IllegalStateException;
        return isSparks && CANCELLED.matcher(String.valueOf(cause.getMessage())).find();
    }

    private static String firstLine(Throwable cause) {
        var message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse("");
    }
}
