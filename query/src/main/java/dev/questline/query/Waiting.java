package dev.questline.query;

import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStageInfo;

/** Whether anything waits. */
final class Waiting {
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

    private static boolean hasMore(SparkStageInfo stage) {
        return stage.numActiveTasks() + stage.numCompletedTasks() < stage.numTasks();
    }
}
