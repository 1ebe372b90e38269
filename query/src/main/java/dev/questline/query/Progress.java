package dev.questline.query;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;

/** How far the running jobs of a group are. */
final class Progress {
    private static final int BAR = 20;

    private final SparkStatusTracker tracker;
    private final String group;

    Progress(SparkContext spark, String group) {
        this.tracker = spark.statusTracker();
        this.group = group;
    }

    /** A bar and the tasks done of those known by now; empty between jobs. */
    Optional<String> line() {
        var stages = stages().toList();
        var tasks = stages.stream().mapToInt(SparkStageInfo::numTasks).sum();
        var done = stages.stream().mapToInt(SparkStageInfo::numCompletedTasks).sum();
        return tasks == 0 ? Optional.empty() : Optional.of(line(done, tasks));
    }

    private Stream<SparkStageInfo> stages() {
        return Arrays.stream(tracker.getJobIdsForGroup(group))
                .mapToObj(tracker::getJobInfo)
                .filter(job -> job.isDefined() && job.get().status() == JobExecutionStatus.RUNNING)
                .flatMapToInt(job -> Arrays.stream(job.get().stageIds()))
                .mapToObj(tracker::getStageInfo)
                .filter(stage -> stage.isDefined())
                .map(stage -> stage.get());
    }

    static String line(int done, int tasks) {
        var filled = (int) ((long) BAR * done / tasks);
        var bar = filled == 0 ? "" : "=".repeat(filled - 1) + ">";
        var percent = 100L * done / tasks;
        return "[" + bar + " ".repeat(BAR - filled) + "] " + percent + "% (" + done + "/" + tasks + " tasks)";
    }
}
