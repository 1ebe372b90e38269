/** From the log to tables: Spark reads Kafka, writes Parquet. */
@NullMarked
package dev.questline.lake;

import org.jspecify.annotations.NullMarked;
