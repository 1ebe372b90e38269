package dev.questline.query;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/** Where a command gets its Spark session from: of its own views and settings, closed to other requests. */
interface Sessions {
    /**
     * Throws a user error if the master cannot be had.
     *
     * @param master the one the user asked for
     * @param project the folder of the user's project
     */
    SparkSession open(Optional<String> master, Path project);
}
