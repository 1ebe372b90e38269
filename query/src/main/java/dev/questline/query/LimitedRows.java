package dev.questline.query;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/** Rows up to a limit, and only as long as somebody reads them. */
final class LimitedRows implements Iterator<Row> {
    private static final int ROWS_BETWEEN_LOOKS = 1_000;

    private final Iterator<Row> all;
    private final long limit;
    private final Caller caller;
    private long count;

    LimitedRows(Iterator<Row> all, long limit, Caller caller) {
        this.all = all;
        this.limit = limit;
        this.caller = caller;
    }

    @Override
    public boolean hasNext() {
        if (count > 0 && count % ROWS_BETWEEN_LOOKS == 0 && caller.gone()) {
            return false;
        }
        return count < limit && all.hasNext();
    }

    @Override
    public Row next() {
        if (count >= limit) {
            throw new NoSuchElementException();
        }
        count++;
        return all.next();
    }

    /** How many were given so far. */
    long count() {
        return count;
    }

    /** Whether there are more than the limit lets through. */
    boolean cut() {
        return count == limit && all.hasNext();
    }
}
