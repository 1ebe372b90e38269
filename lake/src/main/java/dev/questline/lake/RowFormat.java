package dev.questline.lake;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.apache.spark.sql.catalyst.InternalRow;

/** A row as one line for scripts. */
enum RowFormat implements Serializable {
    /** With a header. */
    CSV {
        @Override
        Optional<String> header(List<String> columns) {
            return Optional.of(columns.stream()
                    .map(CSV::cell)
                    .reduce((one, next) -> one + "," + next)
                    .orElse(""));
        }

        @Override
        String line(List<String> columns, InternalRow row) {
            var line = new StringJoiner(",");
            for (var i = 0; i < columns.size(); i++) {
                line.add(row.isNullAt(i) ? "" : cell(row.getUTF8String(i).toString()));
            }
            return line.toString();
        }

        @Override
        String cell(String text) {
            return Csv.value(text);
        }
    },
    /** An object with every column. */
    JSON {
        @Override
        Optional<String> header(List<String> columns) {
            return Optional.empty();
        }

        @Override
        String line(List<String> columns, InternalRow row) {
            var line = new StringJoiner(",", "{", "}");
            for (var i = 0; i < columns.size(); i++) {
                var value = row.isNullAt(i) ? "null" : cell(row.getUTF8String(i).toString());
                line.add(cell(columns.get(i)) + ":" + value);
            }
            return line.toString();
        }

        @Override
        String cell(String text) {
            return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
        }
    };

    abstract Optional<String> header(List<String> columns);

    abstract String line(List<String> columns, InternalRow row);

    abstract String cell(String text);
}
