package dev.questline.query.flight;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** A table about tables: few rows, sent at once. */
record SmallTable(Schema schema, List<@Nullable Object[]> rows) {
    static SmallTable empty(Schema schema) {
        return new SmallTable(schema, List.of());
    }

    void send(ServerStreamListener client, BufferAllocator memory) {
        try (var root = VectorSchemaRoot.create(schema, memory)) {
            root.allocateNew();
            for (int row = 0; row < rows.size(); row++) {
                fill(root, row);
            }
            root.setRowCount(rows.size());
            client.start(root);
            client.putNext();
            client.completed();
        }
    }

    private void fill(VectorSchemaRoot root, int row) {
        var values = rows.get(row);
        for (int column = 0; column < values.length; column++) {
            if (values[column] != null) {
                set(root.getVector(column), row, values[column]);
            }
        }
    }

    private static void set(FieldVector vector, int row, Object value) {
        if (vector instanceof VarCharVector texts) {
            texts.setSafe(row, String.valueOf(value).getBytes(StandardCharsets.UTF_8));
        } else if (vector instanceof VarBinaryVector bytes) {
            bytes.setSafe(row, (byte[]) value);
        } else if (vector instanceof IntVector numbers) {
            numbers.setSafe(row, (Integer) value);
        } else if (vector instanceof BitVector bits) {
            bits.setSafe(row, (Boolean) value ? 1 : 0);
        } else {
            throw new IllegalArgumentException("no column of " + vector.getField());
        }
    }
}
