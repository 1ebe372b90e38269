package dev.questline.query.flight;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.List;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.jspecify.annotations.Nullable;

/** Spark's types, described as ODBC and JDBC describe types. */
final class SqlTypes {
    private static final int LONGEST = Integer.MAX_VALUE;

    private static final List<Type> ALL = List.of(
            new Type("BOOLEAN", Types.BOOLEAN, 1, null),
            new Type("TINYINT", Types.TINYINT, 3, null),
            new Type("SMALLINT", Types.SMALLINT, 5, null),
            new Type("INT", Types.INTEGER, 10, null),
            new Type("BIGINT", Types.BIGINT, 19, null),
            new Type("FLOAT", Types.REAL, 7, null),
            new Type("DOUBLE", Types.DOUBLE, 15, null),
            new Type("DECIMAL", Types.DECIMAL, 38, null),
            new Type("STRING", Types.VARCHAR, LONGEST, "'"),
            new Type("BINARY", Types.VARBINARY, LONGEST, "X'"),
            new Type("DATE", Types.DATE, 10, "DATE'"),
            new Type("TIMESTAMP", Types.TIMESTAMP, 26, "TIMESTAMP'"),
            new Type("ARRAY", Types.ARRAY, LONGEST, null),
            new Type("MAP", Types.JAVA_OBJECT, LONGEST, null),
            new Type("STRUCT", Types.STRUCT, LONGEST, null));

    /** @param prefix what a literal of it starts with, if it is quoted */
    private record Type(
            String name, int code, int size, @Nullable String prefix) {
        @Nullable
        Object[] row() {
            var exact = code == Types.DECIMAL;
            var number = code == Types.TINYINT
                    || code == Types.SMALLINT
                    || code == Types.INTEGER
                    || code == Types.BIGINT
                    || code == Types.REAL
                    || code == Types.DOUBLE
                    || exact;
            return new @Nullable Object[] {
                name,
                code,
                size,
                prefix,
                prefix == null ? null : "'",
                null,
                DatabaseMetaData.typeNullable,
                code == Types.VARCHAR,
                DatabaseMetaData.typeSearchable,
                number ? false : null,
                exact,
                number ? false : null,
                name,
                exact ? 0 : null,
                exact ? 38 : null,
                code,
                null,
                number ? 10 : null,
                null
            };
        }
    }

    private SqlTypes() {}

    static SmallTable table(FlightSql.CommandGetXdbcTypeInfo asked) {
        var rows = ALL.stream()
                .filter(type -> !asked.hasDataType() || type.code() == asked.getDataType())
                .map(Type::row)
                .toList();
        return new SmallTable(Schemas.GET_TYPE_INFO_SCHEMA, rows);
    }
}
