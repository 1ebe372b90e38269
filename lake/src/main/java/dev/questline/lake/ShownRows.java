package dev.questline.lake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.jspecify.annotations.Nullable;

/** Reads all rows and keeps the first few of each task, their values cut to what a terminal can show. */
record ShownRows(EventRows rows, int limit)
        implements Function2<Integer, Iterator<InternalRow>, Iterator<ShownRows.Shown>> {
    /** One more than is shown, so that Spark's table marks the cut. */
    private static final int CHARACTERS_KEPT = RowsPrinter.CHARACTERS_SHOWN + 1;

    /** A row and where its record is. */
    record Shown(Census.Position position, Row row) implements Serializable {}

    /** The first rows by partition and offset. */
    static List<Row> first(int limit, EventRows rows, RecordSource source) {
        var shown = EventRows.internal(source.records())
                .mapPartitionsWithIndex(new ShownRows(rows, limit), false)
                .collect();
        return shown.stream()
                .sorted(Comparator.comparing(Shown::position))
                .limit(limit)
                .map(Shown::row)
                .toList();
    }

    @Override
    public Iterator<Shown> call(Integer task, Iterator<InternalRow> records) {
        var first = new ArrayList<Shown>();
        var all = rows.read(task, records);
        while (all.hasNext()) {
            var row = all.next();
            if (first.size() < limit) {
                first.add(new Shown(all.position(), cut(row)));
            }
        }
        return first.iterator();
    }

    private Row cut(InternalRow row) {
        var values = new @Nullable Object[rows.columns().names().size()];
        for (var i = 0; i < values.length; i++) {
            if (!row.isNullAt(i)) {
                values[i] = row.getUTF8String(i).substring(0, CHARACTERS_KEPT).toString();
            }
        }
        return RowFactory.create(values);
    }
}
