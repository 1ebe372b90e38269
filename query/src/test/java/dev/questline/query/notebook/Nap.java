package dev.questline.query.notebook;

import org.apache.spark.api.java.function.ForeachFunction;

/** Work that takes a moment and nothing else. */
public final class Nap implements ForeachFunction<Long> {
    private static final long serialVersionUID = 1;

    @Override
    public void call(Long value) throws InterruptedException {
        Thread.sleep(50);
    }
}
