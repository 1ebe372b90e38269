package dev.questline.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectFileTest {
    @Test
    void emptyFileHasTheBuiltInCatalog() {
        assertThat(read("")).isSameAs(Catalog.BUILT_IN);
        assertThat(read("# nothing yet\n")).isSameAs(Catalog.BUILT_IN);
        assertThat(read("kafka: {port: 1}")).isSameAs(Catalog.BUILT_IN);
    }

    @Test
    void fieldsKeepTheirOrderAndTheirTypes() {
        var type = only("""
                events:
                  duel:
                    route: POST /duel
                    answer: "En garde!\\n"
                    partition_key: Host
                    fields:
                      text: "7"
                      whole: 7
                      huge: 123456789012345678901234567890
                      broken: 0.5
                      yes_or_no: true
                      nothing: null
                      list: [1, two, {three: 3}]
                      map: {a: {b: c}}
                """);
        assertThat(type.name()).isEqualTo("duel");
        assertThat(type.route()).isEqualTo(new Route("POST", "/duel"));
        assertThat(type.answer()).isEqualTo("En garde!\n");
        assertThat(type.partitionKey()).contains("Host");
        assertThat(type.fields().keySet())
                .containsExactly(
                        "event_type", "text", "whole", "huge", "broken", "yes_or_no", "nothing", "list", "map");
        assertThat(type.fields())
                .containsEntry("event_type", "duel")
                .containsEntry("text", "7")
                .containsEntry("whole", 7)
                .containsEntry("huge", new BigInteger("123456789012345678901234567890"))
                .containsEntry("broken", 0.5)
                .containsEntry("yes_or_no", true)
                .containsEntry("nothing", null)
                .containsEntry("list", List.of(1, "two", Map.of("three", 3)))
                .containsEntry("map", Map.of("a", Map.of("b", "c")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true, textBlock = """
                    kafka:\\n  prot: 1                  | 2: there is no setting 'kafka.prot'; did you mean 'kafka.port'?
                    kafka:\\n  port: many               | 2: kafka.port is 'many'; allowed is a port from 1 to 65535
                    kafka:\\n  port: [1]                | 2: port must be a single value
                    kafka: 9092                         | 1: kafka must be a mapping of names to values
                    - kafka                             | 1: the file must be a mapping of names to values
                    kafak: {port: 1}                    | 1: there is no section 'kafak'; did you mean 'kafka'?
                    kafka: {}\\n\\nkafak:\\n  port: 1 | 3: there is no section 'kafak'; did you mean 'kafka'?
                    events:\\n  a b:\\n    route: GET /      | 2: 'a b' is no event type
                    events:\\n  a:\\n    answer: x         | 2: event 'a' lacks 'route'
                    events:\\n  a:\\n    anser:\\n      - x   | 3: an event has no 'anser'; did you mean 'answer'?
                    events:\\n  a:\\n    route: GET /\\n    answer: x\\n  b:\\n    answer: x\\n    route: GET / | 5: events 'a' and 'b' share the route GET /
                    events: {a: {route: GET /, answer: x, fields:\\n {timestamp:\\n b}}}    | 2: an event's own field may not be called 'timestamp'
                    events: {a: {route: GET /, answer: x, fields:\\n {f: !oak b}}}         | 2: field 'f' has a value of no known type
                    events: {a: {route: GET /, answer: x, fields:\\n {f: {null: b}}}}      | 2: field 'f' is no JSON
                    events: {a: {route: GET /, answer: x, fields:\\n {f: [.inf]}}}         | 2: field 'f' is no JSON
                    events: {a: {route: GET /, answer: x, fields:\\n {f: !!binary YWJj}}}  | 2: field 'f' is no JSON
                    events: {a: {route: GET /, answer: x, fields:\\n {f: !!set {b}}}}      | 2: field 'f' is no JSON
                    kafka: {}\\nspark: {}\\nkafka: {}   | 3: 'kafka' stands here twice
                    kafka:\\n  port: 1\\n  port: 2      | 3: 'port' stands here twice
                    kafka:\\n  port: "1                 | 2: no valid YAML
                    kafka:\\n\\tport: 1                 | 2: no valid YAML
                    events: {a b: {route: GET /, answer: x}}        | 1: 'a b' is no event type
                    events: {a: {answer: x}}                        | 1: event 'a' lacks 'route'
                    events: {a: {route: GET /}}                     | 1: event 'a' lacks 'answer'
                    events: {a: {route: FETCH /, answer: x}}        | 1: 'FETCH /' is no route; allowed is METHOD /path
                    events: {a: {route: GET sword, answer: x}}      | 1: 'GET sword' is no route
                    events: {a: {route: GET /?q, answer: x}}        | 1: 'GET /?q' is no route
                    events: {a: {route: GET /, anser: x}}           | 1: an event has no 'anser'; did you mean 'answer'?
                    events: {a: {route: GET /, answer: x}, a: {}}   | 1: 'a' stands here twice
                    events:\\n  a: {route: GET /x, answer: x}\\n  b: {route: GET /x, answer: x} | 3: events 'a' and 'b' share the route GET /x
                    events: {a: {route: GET /, answer: x, fields: {event_type: b}}}       | 1: an event's own field may not be called 'event_type'
                    events: {a: {route: GET /, answer: x, fields: {timestamp: b}}}        | 1: an event's own field may not be called 'timestamp'
                    events: {a: {route: GET /, answer: x, fields: {Timestamp: b}}}        | 1: an event's own field may not be called 'Timestamp'
                    events: {a: {route: GET /, answer: x, fields: {m: 1, M: 2}}}          | 1: the fields 'm' and 'M' differ in capitals alone
                    events:\\n  a: {route: GET /, answer: x, fields: {m: 1}}\\n  b: {route: GET /b, answer: x, fields: {M: 1}} | 3: the fields 'm' and 'M' differ in capitals alone
                    events: {a: {route: GET /, answer: x, partition_key: authorization}}  | 1: partition_key is 'Authorization'; allowed is an own field, or a header
                    events: {a: {route: GET /, answer: x, partition_key: ce-id}}          | 1: partition_key is 'Ce-Id'; allowed is
                    events: {a: {route: GET /, answer: x, partition_key: timestamp}}      | 1: partition_key is 'Timestamp'; allowed is
                    events: {a: {route: GET /, answer: x, partition_key: a b}}            | 1: partition_key is 'A b'; allowed is
                    """)
    void errorsNameFileLineAndWhatIsAllowed(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(UserError.WRONG_USE))
                .hasMessageStartingWith("game.yaml:" + message);
    }

    @ParameterizedTest
    @CsvSource({"x-user-id, X-User-Id", "material, material", "Material, material"})
    void aPartitionKeyIsAnOwnFieldOrAHeaderHoweverItIsWritten(String written, String key) {
        var type = only("events: {a: {route: GET /, answer: x, fields: {material: oak}, partition_key: %s}}"
                .formatted(written));
        assertThat(type.partitionKey()).contains(key);
    }

    @Test
    void anchorsAreUnderstood() {
        var type = only("""
                events:
                  a:
                    route: GET /a
                    answer: x
                    fields: {first: &loot {gold: 1}, second: *loot}
                """);
        assertThat(type.fields()).containsEntry("second", Map.of("gold", 1));
    }

    private static EventType only(String yaml) {
        var types = read(yaml).types();
        assertThat(types).hasSize(1);
        return types.get(0);
    }

    private static Catalog read(String yaml) {
        return new ProjectFile("game.yaml", new SettingsReader()).read(yaml);
    }
}
