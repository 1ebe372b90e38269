package dev.questline.query;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** The sessions of callers who ask more than once, by the names they gave them. */
final class SharedSessions {
    /** Of those that were used last; nobody says when a prompt has ended. */
    private static final int KEPT = 100;

    private final SparkSession spark;
    private final Map<String, SparkSession> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SparkSession> eldest) {
            return size() > KEPT;
        }
    };

    SharedSessions(SparkSession spark) {
        this.spark = spark;
    }

    SparkContext context() {
        return spark.sparkContext();
    }

    /** The session of this name, new if there is none; without a name, one that nobody else gets. */
    synchronized SparkSession of(String name) {
        return name.isEmpty() ? spark.newSession() : kept.computeIfAbsent(name, key -> spark.newSession());
    }
}
