package dev.questline.query.flight;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.questline.event.UserError;
import dev.questline.query.ArrowRows;
import dev.questline.query.SqlSession;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.impl.FlightSql;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Statements. One that is prepared is planned to tell its columns, and again each time it runs: its rows are those that are
 * there then. What is planned to run waits under a name, its ticket, until somebody asks for its rows.
 */
final class StatementProducer extends CatalogProducer {
    private static final Schema NOTHING = new Schema(List.of());
    private static final int MOST_PREPARED = 10_000;

    /** Run or waiting to. */
    private static final int MOST_PLANNED = 200;

    private final FlightSessions sessions;
    private final BufferAllocator memory;
    private final StreamWorkers workers;
    private final Kept<Prepared> prepared = new Kept<>(MOST_PREPARED);
    private final Kept<ArrowRows> planned = new Kept<>(MOST_PLANNED);

    /** @param columns none of a statement that only changes the session */
    private record Prepared(SqlSession session, String text, Schema columns) {
        static Prepared of(SqlSession session, String text) {
            return new Prepared(
                    session,
                    text,
                    session.isChange(text) ? NOTHING : session.rows(text).schema());
        }

        boolean isChange() {
            return columns.equals(NOTHING);
        }
    }

    StatementProducer(FlightSessions sessions, BufferAllocator memory, StreamWorkers workers) {
        super(sessions, memory);
        this.sessions = sessions;
        this.memory = memory;
        this.workers = workers;
    }

    @Override
    public void createPreparedStatement(
            FlightSql.ActionCreatePreparedStatementRequest asked, CallContext call, StreamListener<Result> client) {
        answer(client, () -> {
            var statement = Prepared.of(sessions.of(call), asked.getQuery());
            var name = newName();
            prepared.put(name, statement);
            return Optional.of(result(FlightSql.ActionCreatePreparedStatementResult.newBuilder()
                    .setPreparedStatementHandle(ByteString.copyFromUtf8(name))
                    .setDatasetSchema(ByteString.copyFrom(SchemaBytes.of(statement.columns())))
                    .build()));
        });
    }

    @Override
    public void closePreparedStatement(
            FlightSql.ActionClosePreparedStatementRequest asked, CallContext call, StreamListener<Result> client) {
        answer(client, () -> {
            prepared.forget(asked.getPreparedStatementHandle().toStringUtf8());
            return Optional.empty();
        });
    }

    private static String newName() {
        return UUID.randomUUID().toString();
    }

    private static Result result(Message message) {
        return new Result(Any.pack(message).toByteArray());
    }

    private static <T> void answer(StreamListener<T> client, Supplier<Optional<T>> work) {
        try {
            work.get().ifPresent(client::onNext);
            client.onCompleted();
        } catch (RuntimeException | Error e) {
            client.onError(Errors.of(e));
        }
    }

    private Prepared find(ByteString name) {
        return prepared.find(name.toStringUtf8())
                .orElseThrow(
                        () -> Errors.unknown("this prepared statement is closed, or Spark has started anew since"));
    }

    @Override
    public SchemaResult getSchemaStatement(
            FlightSql.CommandStatementQuery asked, CallContext call, FlightDescriptor descriptor) {
        return Errors.told(() -> new SchemaResult(
                Prepared.of(sessions.of(call), asked.getQuery()).columns()));
    }

    @Override
    public SchemaResult getSchemaPreparedStatement(
            FlightSql.CommandPreparedStatementQuery asked, CallContext call, FlightDescriptor descriptor) {
        return new SchemaResult(find(asked.getPreparedStatementHandle()).columns());
    }

    @Override
    public FlightInfo getFlightInfoStatement(
            FlightSql.CommandStatementQuery asked, CallContext call, FlightDescriptor descriptor) {
        return Errors.told(() -> {
            var session = sessions.of(call);
            if (session.isChange(asked.getQuery())) {
                session.change(asked.getQuery());
                return new FlightInfo(NOTHING, descriptor, List.of(), -1, -1);
            }
            return ticket(session.rows(asked.getQuery()), descriptor);
        });
    }

    @Override
    public FlightInfo getFlightInfoPreparedStatement(
            FlightSql.CommandPreparedStatementQuery asked, CallContext call, FlightDescriptor descriptor) {
        return Errors.told(() -> ticket(rows(find(asked.getPreparedStatementHandle())), descriptor));
    }

    private static ArrowRows rows(Prepared statement) {
        if (statement.isChange()) {
            throw UserError.wrongUse("this statement has no rows; run it as an update");
        }
        var rows = statement.session().rows(statement.text());
        if (!rows.schema().equals(statement.columns())) {
            throw UserError.failed("the columns are others than when this statement was prepared; prepare it again");
        }
        return rows;
    }

    private FlightInfo ticket(ArrowRows rows, FlightDescriptor descriptor) {
        var name = newName();
        planned.put(name, rows);
        var ticket = FlightSql.TicketStatementQuery.newBuilder()
                .setStatementHandle(ByteString.copyFromUtf8(name))
                .build();
        var endpoint = new FlightEndpoint(new Ticket(Any.pack(ticket).toByteArray()));
        return new FlightInfo(rows.schema(), descriptor, List.of(endpoint), -1, -1);
    }

    @Override
    public void getStreamStatement(
            FlightSql.TicketStatementQuery ticket, CallContext call, ServerStreamListener client) {
        var name = ticket.getStatementHandle().toStringUtf8();
        var rows =
                planned.find(name).orElseThrow(() -> Errors.unknown("these rows were read, or nobody asked in time"));
        var sender = new RowSender(rows, client, memory);
        workers.run(() -> {
            sender.run();
            planned.forget(name);
        });
    }

    @Override
    public void cancelFlightInfo(CancelFlightInfoRequest asked, CallContext call, StreamListener<CancelStatus> client) {
        answer(client, () -> {
            var cancelled = asked.getInfo().getEndpoints().stream()
                    .map(endpoint -> FlightSqlUtils.unpackAndParseOrThrow(
                            endpoint.getTicket().getBytes(), FlightSql.TicketStatementQuery.class))
                    .flatMap(ticket -> planned.find(ticket.getStatementHandle().toStringUtf8()).stream())
                    .toList();
            cancelled.forEach(ArrowRows::cancel);
            return Optional.of(cancelled.isEmpty() ? CancelStatus.NOT_CANCELLABLE : CancelStatus.CANCELLED);
        });
    }

    @Override
    public Runnable acceptPutStatement(
            FlightSql.CommandStatementUpdate asked,
            CallContext call,
            FlightStream given,
            StreamListener<PutResult> client) {
        return () -> answer(client, () -> changed(Prepared.of(sessions.of(call), asked.getQuery())));
    }

    @Override
    public Runnable acceptPutPreparedStatementUpdate(
            FlightSql.CommandPreparedStatementUpdate asked,
            CallContext call,
            FlightStream given,
            StreamListener<PutResult> client) {
        return () -> answer(client, () -> changed(find(asked.getPreparedStatementHandle())));
    }

    private Optional<PutResult> changed(Prepared statement) {
        if (!statement.isChange()) {
            throw UserError.wrongUse("this statement has rows and changes nothing; run it as a query");
        }
        statement.session().change(statement.text());
        var noRows = FlightSql.DoPutUpdateResult.newBuilder().setRecordCount(0).build();
        try (var bytes = memory.buffer(noRows.getSerializedSize())) {
            bytes.writeBytes(noRows.toByteArray());
            return Optional.of(PutResult.metadata(bytes));
        }
    }

    @Override
    public Runnable acceptPutPreparedStatementQuery(
            FlightSql.CommandPreparedStatementQuery asked,
            CallContext call,
            FlightStream given,
            StreamListener<PutResult> client) {
        throw Errors.unsupported("statements have no parameters here: write the values themselves");
    }

    @Override
    public Runnable acceptPutStatementBulkIngest(
            FlightSql.CommandStatementIngest asked,
            CallContext call,
            FlightStream given,
            StreamListener<PutResult> client) {
        throw Errors.unsupported("tables are only read here; they are written by 'questline extract --write'");
    }

    @Override
    public void beginTransaction(
            FlightSql.ActionBeginTransactionRequest asked,
            CallContext call,
            StreamListener<FlightSql.ActionBeginTransactionResult> client) {
        client.onError(Errors.unsupported("there are no transactions, as tables are only read here"));
    }
}
