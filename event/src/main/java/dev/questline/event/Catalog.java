package dev.questline.event;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The event types of a project, by route and by name. Immutable. */
public final class Catalog {
    /** The game every project without a catalog of its own gets. */
    public static final Catalog BUILT_IN = new Catalog(List.of(
            builtIn("default", "/", "This is the default response!\n", Map.of()),
            builtIn("purchase_sword", "/purchase_a_sword", "Sword Purchased!\n", Map.of()),
            builtIn(
                    "purchase_knife",
                    "/purchase_a_knife",
                    "Knife Purchased!\n",
                    Map.of("description", "very sharp knife"))));

    private final List<EventType> types;
    private final Map<Route, EventType> byRoute;

    /** Headers that differ from an own field of some type, or from the record's time, in capitals alone. */
    private final Set<String> clashingHeaders;

    /** The types' routes and names must differ, which {@link ProjectFile} sees to. */
    Catalog(List<EventType> types) {
        this.types = List.copyOf(types);
        this.byRoute = types.stream().collect(toUnmodifiableMap(EventType::route, identity()));
        var names = types.stream().flatMap(type -> type.fields().keySet().stream());
        this.clashingHeaders = Stream.concat(names, Stream.of(Event.TIME_COLUMN))
                .filter(name -> !RequestHeaders.canonical(name).equals(name))
                .map(RequestHeaders::canonical)
                .collect(toUnmodifiableSet());
    }

    public List<EventType> types() {
        return types;
    }

    public Collection<String> names() {
        return types.stream().map(EventType::name).toList();
    }

    /** The type whose event this request makes. */
    public Optional<EventType> at(String method, String path) {
        return Optional.ofNullable(byRoute.get(new Route(method, path)));
    }

    /** Whether SQL, which tells no capitals apart, would take a header of this canonical name for something else. */
    boolean clashesWith(String header) {
        return clashingHeaders.contains(header);
    }

    /** The methods that some type takes on this path; empty if the path is unknown. */
    public List<String> methodsAt(String path) {
        return types.stream()
                .map(EventType::route)
                .filter(route -> route.path().equals(path))
                .map(Route::method)
                .toList();
    }

    private static EventType builtIn(String name, String path, String answer, Map<String, Object> ownFields) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(Event.TYPE_FIELD, name);
        fields.putAll(ownFields);
        return new EventType(name, new Route("GET", path), answer, fields, Optional.empty());
    }
}
