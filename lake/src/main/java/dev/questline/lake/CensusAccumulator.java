package dev.questline.lake;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.AccumulatorV2;

/** Brings each task's census to the driver. A task that runs twice replaces what it brought before. */
final class CensusAccumulator extends AccumulatorV2<Map.Entry<Integer, Census>, Census> {
    private final Map<Integer, Census> byTask = new TreeMap<>();

    /** One that tasks of this session can add to. */
    static CensusAccumulator in(SparkSession spark) {
        var census = new CensusAccumulator();
        spark.sparkContext().register(census);
        return census;
    }

    @Override
    public boolean isZero() {
        return byTask.isEmpty();
    }

    @Override
    public CensusAccumulator copy() {
        var copy = new CensusAccumulator();
        copy.byTask.putAll(byTask);
        return copy;
    }

    @Override
    public void reset() {
        byTask.clear();
    }

    /** The key is the number of the Spark partition. */
    @Override
    public void add(Map.Entry<Integer, Census> ofTask) {
        byTask.put(ofTask.getKey(), ofTask.getValue());
    }

    @Override
    public void merge(AccumulatorV2<Map.Entry<Integer, Census>, Census> other) {
        byTask.putAll(((CensusAccumulator) other).byTask);
    }

    @Override
    public Census value() {
        var whole = new Census();
        byTask.values().forEach(whole::merge);
        return whole;
    }
}
