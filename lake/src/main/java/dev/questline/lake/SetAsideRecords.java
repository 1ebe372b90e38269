package dev.questline.lake;

import java.util.ArrayList;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The records that give no row, as they are, each with the reason. */
final class SetAsideRecords {
    private static final StructType SCHEMA = new StructType()
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("reason", DataTypes.StringType)
            .add("value", DataTypes.BinaryType);

    private SetAsideRecords() {}

    static Dataset<Row> of(RecordSource source) {
        return source.records()
                .select("value", "partition", "offset", "timestamp")
                .coalesce(1)
                .flatMap((FlatMapFunction<Row, Row>) SetAsideRecords::orNothing, Encoders.row(SCHEMA));
    }

    private static Iterator<Row> orNothing(Row record) {
        var rows = new ArrayList<Row>(1);
        var value = (byte[]) record.get(0);
        var reason = EventParser.parse(value, (name, text, isString) -> {});
        if (reason != null) {
            rows.add(RowFactory.create(record.get(1), record.get(2), record.get(3), reason.toString(), value));
        }
        return rows.iterator();
    }
}
