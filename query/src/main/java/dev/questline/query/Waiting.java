package dev.questline.query;

import dev.questline.event.UserError;
import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStageInfo;

/** Whether anything waits. */
final class Waiting {
    /** So long a reader may rest on a processor that others wait for. */
    static final long PATIENCE_MILLIS = 30_000;

    private Waiting() {}

    /** Whether every processor has a task, and there are more tasks. */
    static boolean forProcessors(SparkContext spark) {
        var tracker = spark.statusTracker();
        var stages = Arrays.stream(tracker.getActiveStageIds())
                .mapToObj(tracker::getStageInfo)
                .filter(stage -> stage.isDefined())
                .map(stage -> stage.get())
                .toList();
        var running = stages.stream().mapToInt(SparkStageInfo::numActiveTasks).sum();
        return running >= spark.defaultParallelism() && stages.stream().anyMatch(Waiting::hasMore);
    }

    /** What a reader is told that rested while something waited. */
    static UserError cancelled(long patienceMillis) {
        return UserError.failed("cancelled: no more of its rows was read for " + patienceMillis / 1_000
                + " s, and other statements wait for the processor it holds");
    }

    private static boolean hasMore(SparkStageInfo stage) {
        return stage.numActiveTasks() + stage.numCompletedTasks() < stage.numTasks();
    }
}
