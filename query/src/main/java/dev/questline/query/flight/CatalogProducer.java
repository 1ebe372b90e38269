package dev.questline.query.flight;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.questline.query.SqlSession;
import dev.questline.query.SqlSession.Table;
import java.util.List;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.BasicFlightSqlProducer;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What there is to be asked, for tools that show it. Names have no catalog and no schema before them, so there is none of
 * either; nor are there keys.
 */
abstract class CatalogProducer extends BasicFlightSqlProducer {
    private static final String TABLE = "TABLE";
    private static final String VIEW = "VIEW";

    private final FlightSessions sessions;
    private final BufferAllocator memory;

    CatalogProducer(FlightSessions sessions, BufferAllocator memory) {
        this.sessions = sessions;
        this.memory = memory;
    }

    @Override
    protected <T extends Message> List<FlightEndpoint> determineEndpoints(
            T request, FlightDescriptor descriptor, Schema schema) {
        return List.of(new FlightEndpoint(new Ticket(Any.pack(request).toByteArray())));
    }

    private void send(SmallTable table, ServerStreamListener client) {
        table.send(client, memory);
    }

    @Override
    public void getStreamTables(FlightSql.CommandGetTables asked, CallContext call, ServerStreamListener client) {
        send(Errors.told(() -> tables(asked, sessions.of(call))), client);
    }

    private static SmallTable tables(FlightSql.CommandGetTables asked, SqlSession session) {
        var rows = session.tables().stream()
                .filter(table -> isAskedFor(table, asked))
                .map(table -> row(table, asked.getIncludeSchema(), session))
                .toList();
        return new SmallTable(
                asked.getIncludeSchema() ? Schemas.GET_TABLES_SCHEMA : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA, rows);
    }

    private static boolean isAskedFor(Table table, FlightSql.CommandGetTables asked) {
        return isNowhere(asked.getCatalog())
                && (asked.getDbSchemaFilterPattern().isEmpty() || Like.matches("", asked.getDbSchemaFilterPattern()))
                && (!asked.hasTableNameFilterPattern() || Like.matches(table.name(), asked.getTableNameFilterPattern()))
                && (asked.getTableTypesCount() == 0 || asked.getTableTypesList().contains(type(table)));
    }

    /** Of the catalog that a table is asked for in: those without one are meant, or any. */
    private static boolean isNowhere(String catalog) {
        return catalog.isEmpty();
    }

    private static String type(Table table) {
        return table.isView() ? VIEW : TABLE;
    }

    private static @Nullable Object[] row(Table table, boolean withColumns, SqlSession session) {
        return withColumns
                ? new @Nullable Object[] {
                    null, null, table.name(), type(table), SchemaBytes.of(session.columns(table.name()))
                }
                : new @Nullable Object[] {null, null, table.name(), type(table)};
    }

    @Override
    public void getStreamTableTypes(CallContext call, ServerStreamListener client) {
        var types = List.of(new Object[] {TABLE}, new Object[] {VIEW});
        send(new SmallTable(Schemas.GET_TABLE_TYPES_SCHEMA, types), client);
    }

    @Override
    public void getStreamCatalogs(CallContext call, ServerStreamListener client) {
        send(SmallTable.empty(Schemas.GET_CATALOGS_SCHEMA), client);
    }

    @Override
    public void getStreamSchemas(FlightSql.CommandGetDbSchemas asked, CallContext call, ServerStreamListener client) {
        send(SmallTable.empty(Schemas.GET_SCHEMAS_SCHEMA), client);
    }

    @Override
    public void getStreamPrimaryKeys(
            FlightSql.CommandGetPrimaryKeys asked, CallContext call, ServerStreamListener client) {
        send(SmallTable.empty(Schemas.GET_PRIMARY_KEYS_SCHEMA), client);
    }

    @Override
    public void getStreamExportedKeys(
            FlightSql.CommandGetExportedKeys asked, CallContext call, ServerStreamListener client) {
        send(SmallTable.empty(Schemas.GET_EXPORTED_KEYS_SCHEMA), client);
    }

    @Override
    public void getStreamImportedKeys(
            FlightSql.CommandGetImportedKeys asked, CallContext call, ServerStreamListener client) {
        send(SmallTable.empty(Schemas.GET_IMPORTED_KEYS_SCHEMA), client);
    }

    @Override
    public void getStreamCrossReference(
            FlightSql.CommandGetCrossReference asked, CallContext call, ServerStreamListener client) {
        send(SmallTable.empty(Schemas.GET_CROSS_REFERENCE_SCHEMA), client);
    }

    @Override
    public void getStreamTypeInfo(
            FlightSql.CommandGetXdbcTypeInfo asked, CallContext call, ServerStreamListener client) {
        send(SqlTypes.table(asked), client);
    }

    @Override
    public void getStreamSqlInfo(FlightSql.CommandGetSqlInfo asked, CallContext call, ServerStreamListener client) {
        SqlFacts.send(asked.getInfoList(), client);
    }
}
