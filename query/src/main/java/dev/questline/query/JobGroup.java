package dev.questline.query;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.WeakHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/**
 * The jobs of one piece of work, to be cancelled together: those that run, and those still on their way. Spark's own
 * cancelJobGroupAndFutureJobs misses the latter where adaptive execution submits a stage by itself (handleMapStageSubmitted
 * of 4.1 does not ask whether its group was cancelled), and such a job would hold the processors with nobody left who
 * waits for it. Safe for use by many threads.
 */
public final class JobGroup {
    private static final String ID = "spark.jobGroup.id";
    private static final Map<SparkContext, Latecomers> LATECOMERS = new WeakHashMap<>();

    private final SparkContext spark;
    private final String id;
    private final String description;

    private JobGroup(SparkContext spark, String id, String description) {
        this.spark = spark;
        this.id = id;
        this.description = description;
    }

    /** A new one, which no thread belongs to yet. */
    public static JobGroup of(SparkContext spark, String description) {
        return new JobGroup(spark, UUID.randomUUID().toString(), description);
    }

    /** The calling thread's, if it belongs to one. */
    static Optional<JobGroup> ofThread(SparkContext spark) {
        return Optional.ofNullable(spark.getLocalProperty(ID)).map(id -> new JobGroup(spark, id, ""));
    }

    /** What Spark knows it by. */
    public String id() {
        return id;
    }

    /** From now on the calling thread's jobs, and those of threads it starts, are of this group. */
    public void join() {
        spark.setJobGroup(id, description, true);
    }

    /** What the calling thread asks from now on belongs to no group: jobs of one that was cancelled would end at once. */
    void leave() {
        spark.clearJobGroup();
    }

    /** Ends what runs of it and whatever of it may come. */
    public void cancel(String reason) {
        latecomers(spark).cancel(id);
        spark.cancelJobGroup(id, reason);
    }

    private static Latecomers latecomers(SparkContext spark) {
        synchronized (LATECOMERS) {
            return LATECOMERS.computeIfAbsent(spark, Latecomers::of);
        }
    }

    /** Jobs that start after their group was cancelled. */
    private static final class Latecomers extends SparkListener {
        /** A job is late by seconds, and nobody cancels this many groups in that time. */
        private static final int GROUPS_TO_REMEMBER = 1_000;

        private final Map<String, Boolean> cancelled = Collections.synchronizedMap(new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > GROUPS_TO_REMEMBER;
            }
        });

        static Latecomers of(SparkContext spark) {
            var latecomers = new Latecomers();
            spark.addSparkListener(latecomers);
            return latecomers;
        }

        void cancel(String group) {
            cancelled.put(group, true);
        }

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            Properties properties = job.properties();
            if (properties != null && cancelled.containsKey(properties.getProperty(ID, ""))) {
                SparkContext.getOrCreate().cancelJob(job.jobId());
            }
        }
    }
}
