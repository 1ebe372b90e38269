package dev.questline.lake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The records with a field for which a pass had no column, as long as they are few: they travel with the census and
 * become rows without being read again.
 */
final class Misfits implements Serializable {
    /** Some thousand events. Each task may bring so much to the driver, whose memory must hold that of all. */
    static final int BYTES_KEPT = 256 << 10;

    private static final int BYTES_BESIDE_VALUE = 64;

    private final List<InternalRow> records = new ArrayList<>();
    private long bytes;

    /** Keeps a copy of a record as {@link EventRows} takes it. */
    void add(InternalRow record) {
        if (makeRoom(record.getBinary(0).length + BYTES_BESIDE_VALUE)) {
            records.add(record.copy());
        }
    }

    void merge(Misfits other) {
        if (makeRoom(other.bytes)) {
            records.addAll(other.records);
        }
    }

    private boolean makeRoom(long more) {
        bytes += more;
        if (bytes > BYTES_KEPT) {
            records.clear();
        }
        return bytes <= BYTES_KEPT;
    }

    /** Whether none was too much to be kept. */
    boolean areAllKept() {
        return bytes <= BYTES_KEPT;
    }

    List<InternalRow> records() {
        return records;
    }
}
