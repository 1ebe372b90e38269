package dev.questline.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.constructor.StandardConstructor;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the text of a {@code questline.yaml}; every error names the file, the line and what is allowed there. */
final class ProjectFile {
    private static final Pattern TYPE_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,200}");
    private static final Set<String> TYPE_KEYS = Set.of("route", "answer", "fields", "partition_key");

    private final String name;
    private final LoadSettings yaml;
    private final SettingsReader settings;
    private Catalog catalog = Catalog.BUILT_IN;

    /** {@code name} is how errors call the file; what it sets goes to {@code settings}. */
    ProjectFile(String name, SettingsReader settings) {
        this.name = name;
        this.yaml = LoadSettings.builder().setLabel(name).build();
        this.settings = settings;
    }

    /** Reads the whole text and gives the catalog it stands for: the built-in one if it has no {@code events}. */
    Catalog read(String text) {
        compose(text).ifPresent(root -> mapping(root, "the file").forEach(this::readSection));
        return catalog;
    }

    private Optional<Node> compose(String text) {
        try {
            return new Compose(yaml).composeString(text);
        } catch (MarkedYamlEngineException e) {
            var where =
                    e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
            throw UserError.wrongUse(name + where + ": no valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            throw UserError.wrongUse(name + ": no valid YAML: " + e);
        }
    }

    private void readSection(String section, Node body) {
        if (section.equals("events")) {
            catalog = readCatalog(body);
        } else if (SettingKey.sections().contains(section)) {
            mapping(body, section)
                    .forEach((key, value) -> settings.set(section + "." + key, scalar(value, key), at(value)));
        } else {
            var allowed = new ArrayList<>(SettingKey.sections());
            allowed.add("events");
            throw error(body, "there is no section '" + section + "'" + DidYouMean.hint(section, allowed));
        }
    }

    private Catalog readCatalog(Node body) {
        var types = new LinkedHashMap<Route, EventType>();
        mapping(body, "events").forEach((typeName, node) -> {
            var type = readType(typeName, node);
            var other = types.putIfAbsent(type.route(), type);
            if (other != null) {
                throw error(
                        node, "events '" + other.name() + "' and '" + typeName + "' share the route " + type.route());
            }
        });
        return new Catalog(List.copyOf(types.values()));
    }

    private EventType readType(String typeName, Node body) {
        if (!TYPE_NAME.matcher(typeName).matches()) {
            throw error(body, "'" + typeName + "' is no event type; allowed are up to 200 of A-Z a-z 0-9 _ . -");
        }
        var keys = mapping(body, "events." + typeName);
        for (var key : keys.keySet()) {
            if (!TYPE_KEYS.contains(key)) {
                throw error(keys.get(key), "an event has no '" + key + "'" + DidYouMean.hint(key, sorted(TYPE_KEYS)));
            }
        }
        return new EventType(
                typeName,
                route(required(keys, "route", typeName, body)),
                scalar(required(keys, "answer", typeName, body), "answer"),
                fields(typeName, keys.get("fields")),
                Optional.ofNullable(keys.get("partition_key")).map(node -> scalar(node, "partition_key")));
    }

    private Route route(Node node) {
        try {
            return Route.parse(scalar(node, "route"));
        } catch (IllegalArgumentException e) {
            throw error(node, String.valueOf(e.getMessage()));
        }
    }

    private Map<String, Object> fields(String typeName, @Nullable Node body) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(Event.TYPE_FIELD, typeName);
        if (body != null) {
            mapping(body, "fields").forEach((field, value) -> {
                if (field.equals(Event.TYPE_FIELD) || field.equals(Event.TIME_COLUMN)) {
                    throw error(
                            value, "an event's own field may not be called '" + field + "': Questline sets that one");
                }
                fields.put(field, new StandardConstructor(yaml).constructSingleDocument(Optional.of(value)));
            });
        }
        return fields;
    }

    private Node required(Map<String, Node> keys, String key, String typeName, Node body) {
        var node = keys.get(key);
        if (node == null) {
            throw error(body, "event '" + typeName + "' lacks '" + key + "'");
        }
        return node;
    }

    private Map<String, Node> mapping(Node node, String what) {
        if (!(node instanceof MappingNode mapping)) {
            throw error(node, what + " must be a mapping of names to values");
        }
        var entries = new LinkedHashMap<String, Node>();
        for (var entry : mapping.getValue()) {
            var key = scalar(entry.getKeyNode(), "a key");
            if (entries.put(key, entry.getValueNode()) != null) {
                throw error(entry.getKeyNode(), "'" + key + "' stands here twice");
            }
        }
        return entries;
    }

    private String scalar(Node node, String what) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw error(node, what + " must be a single value");
    }

    private UserError error(Node node, String message) {
        return UserError.wrongUse(at(node) + ": " + message);
    }

    private String at(Node node) {
        return name
                + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }

    private static List<String> sorted(Set<String> keys) {
        return keys.stream().sorted().toList();
    }
}
