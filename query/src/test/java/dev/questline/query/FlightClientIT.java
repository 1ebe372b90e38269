package dev.questline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.query.flight.SqlDoor;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.client.ClientCookieMiddleware;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients ask that the JDBC driver doesn't. */
@Timeout(120)
class FlightClientIT {
    @TempDir
    private Path project;

    private final RootAllocator memory = new RootAllocator();
    private SqlDoor door;
    private FlightSqlClient client;

    @BeforeEach
    void connect() {
        LocalSpark.writePurchases(project);
        door = open(0);
        client = new FlightSqlClient(FlightClient.builder(memory, Location.forGrpcInsecure("127.0.0.1", door.port()))
                .intercept(new ClientCookieMiddleware.Factory())
                .build());
    }

    private SqlDoor open(int port) {
        var opened = new SqlDoor(port);
        opened.open(LocalSpark.SPARK, FlightIT.options(project));
        return opened;
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        door.close();
        memory.close();
    }

    @Test
    void aStatementThatNobodyPrepared() throws Exception {
        assertThat(client.getExecuteSchema("select Host, n from purchases")
                        .getSchema()
                        .getFields())
                .extracting("name")
                .containsExactly("Host", "n");
        assertThat(numbers(client.execute("select n from purchases order by n")))
                .containsExactly(1L, 2L, 3L);
        assertThat(client.executeUpdate("create temp view few as select 1L as n"))
                .isZero();
        assertThat(numbers(client.execute("table few"))).containsExactly(1L);
        client.execute("create or replace temp view few as select 2L as n");
        assertThat(numbers(client.execute("table few"))).containsExactly(2L);
    }

    @Test
    void rowsAreGivenOnce() throws Exception {
        var info = client.execute("select 1L as n");
        assertThat(numbers(info)).containsExactly(1L);
        assertThatThrownBy(() -> numbers(info)).hasMessageContaining("these rows were read");
    }

    @Test
    void whatWaitsToRunCanBeCancelled() {
        var info = client.execute("select sum(id) from range(1000000000) group by id % 7");
        assertThat(client.cancelFlightInfo(new CancelFlightInfoRequest(info)).getStatus())
                .isEqualTo(CancelStatus.CANCELLED);
        assertThatThrownBy(() -> numbers(info)).hasMessageContaining("cancelled");
    }

    @Test
    void theTypesThereAre() throws Exception {
        assertThat(texts(client.getXdbcTypeInfo())).contains("STRING", "BIGINT", "STRUCT");
        assertThat(texts(client.getXdbcTypeInfo(java.sql.Types.BIGINT))).containsExactly("BIGINT");
    }

    @Test
    void whatThereIsNot() {
        assertStatus(FlightStatusCode.UNIMPLEMENTED, () -> client.beginTransaction(), "there are no transactions");
        assertStatus(FlightStatusCode.INVALID_ARGUMENT, () -> client.executeUpdate("select 1"), "run it as a query");
        assertStatus(FlightStatusCode.INVALID_ARGUMENT, () -> client.execute("selct"), "no statement SELCT");
    }

    private static void assertStatus(FlightStatusCode code, Runnable call, String says) {
        assertThatThrownBy(call::run)
                .hasMessageContaining(says)
                .extracting(e -> status(e))
                .isEqualTo(code);
    }

    private static FlightStatusCode status(Throwable e) {
        return e instanceof FlightRuntimeException flight ? flight.status().code() : status(e.getCause());
    }

    /** As Spark's process is, when it has died: the connection goes on with a session that is new. */
    @Test
    void aConnectionOutlivesARestart() throws Exception {
        assertThat(client.executeUpdate("create temp view few as select 1L as n"))
                .isZero();
        door.close();
        door = open(door.port());
        assertThat(numbers(client.execute("select max(n) as n from purchases"))).containsExactly(3L);
        assertThatThrownBy(() -> client.execute("table few")).hasMessageContaining("there is no table 'few'");
    }

    @Test
    void aPortThatIsTakenIsToldByItsSetting() throws Exception {
        try (var taken = new ServerSocket(0)) {
            var port = taken.getLocalPort();
            assertThatThrownBy(() -> new SqlDoor(port))
                    .hasMessage("SQL for other tools: port " + port + " is taken; set another, or off, by sql.port in"
                            + " questline.yaml, QUESTLINE_SQL_PORT or --set sql.port=PORT");
        }
    }

    private List<Long> numbers(FlightInfo info) throws Exception {
        var numbers = new ArrayList<Long>();
        try (var rows = client.getStream(info.getEndpoints().get(0).getTicket())) {
            while (rows.next()) {
                var vector = (BigIntVector) rows.getRoot().getVector(0);
                for (int i = 0; i < rows.getRoot().getRowCount(); i++) {
                    numbers.add(vector.get(i));
                }
            }
        }
        return numbers;
    }

    private List<String> texts(FlightInfo info) throws Exception {
        var texts = new ArrayList<String>();
        try (var rows = client.getStream(info.getEndpoints().get(0).getTicket())) {
            while (rows.next()) {
                var vector = (VarCharVector) rows.getRoot().getVector(0);
                for (int i = 0; i < rows.getRoot().getRowCount(); i++) {
                    texts.add(vector.getObject(i).toString());
                }
            }
        }
        return texts;
    }
}
