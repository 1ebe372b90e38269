package dev.questline.query;

import dev.questline.event.ClientProperties;
import dev.questline.event.DidYouMean;
import dev.questline.event.Project;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.lake.TableRegistry;
import dev.questline.lake.TopicTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.util.StringUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The tables a statement may name: {@code events}, the folders written by {@code extract}, and any path. Those it does
 * name become views of the caller's session; the others cost nothing.
 */
final class Tables {
    private static final Set<String> FORMATS = Set.of("parquet", "csv", "json", "orc", "text");

    private final SparkSession spark;
    private final Views views;
    private final Caller caller;
    private final SqlOptions options;
    private final Path project;
    private final Map<String, String> registered;

    Tables(SparkSession spark, SqlOptions options, Caller caller) {
        this.spark = spark;
        this.views = new Views(spark, caller.err());
        this.options = options;
        this.caller = caller;
        this.project = caller.project(options.project());
        this.registered = TableRegistry.read(project.resolve(".questline"));
    }

    /** Leaves the session's names to its caller; a plan that has been made keeps its tables. */
    void forget() {
        views.drop();
    }

    /**
     * Makes what the name stands for a view of the session, and gives the view's name.
     *
     * @param place of the name in the statement, for errors
     * @param others names that could have been meant as well, for errors
     */
    String use(Seq<String> name, Optional<Place> place, Collection<String> others) {
        var parts = CollectionConverters.asJava(name);
        return parts.size() == 1 ? useNamed(parts.get(0), place, others) : useFiles(parts, place);
    }

    private String useNamed(String name, Optional<Place> place, Collection<String> others) {
        if (views.isOfCaller(name)) {
            return Views.key(name);
        }
        var wanted = find(name);
        var known = wanted.orElseThrow(() -> unknown(name, place, others));
        return known.equals(TopicTable.NAME)
                ? views.add(known, this::events)
                : views.addFolder(known, registered.getOrDefault(known, ""));
    }

    private String useFiles(List<String> parts, Optional<Place> place) {
        var format = parts.get(0).toLowerCase(Locale.ROOT);
        if (parts.size() != 2 || !FORMATS.contains(format)) {
            throw unknown(String.join(".", parts), place, List.of());
        }
        var path = parts.get(1);
        var absolute = path.matches("[a-z][a-z0-9+.-]+:.*")
                ? path
                : caller.folder().resolve(path).toString();
        return views.addFiles(format, absolute);
    }

    /** A registered name as it was written; SQL's names have no case. */
    private Optional<String> find(String name) {
        return names().stream()
                .filter(known -> known.equals(name))
                .findFirst()
                .or(() -> names().stream().filter(name::equalsIgnoreCase).findFirst());
    }

    /** Of the log, of the folders, and of the views that the session has of its caller's. */
    List<String> names() {
        var names = new ArrayList<>(viewsOfCaller());
        var more = new ArrayList<>(List.of(TopicTable.NAME));
        more.addAll(registered.keySet().stream().sorted().toList());
        more.stream()
                .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
                .forEach(names::add);
        return names;
    }

    /** The views that the session has of its caller's. */
    List<String> viewsOfCaller() {
        return CollectionConverters.asJava(spark.sessionState().catalog().listLocalTempViews("*")).stream()
                .map(TableIdentifier::table)
                .filter(views::isOfCaller)
                .sorted()
                .toList();
    }

    private UserError unknown(String name, Optional<Place> place, Collection<String> others) {
        var allowed = Stream.concat(others.stream(), names().stream()).toList();
        var message = "there is no table '" + name + "' (a folder of Parquet files is parquet.`/path`)"
                + DidYouMean.hint(name, allowed).replace("allowed are", "there are");
        return UserError.failed(Place.around(place, message));
    }

    private Dataset<Row> events(SparkSession spark) {
        return TopicTable.events(spark, bootstrapServer(), topic(), clientProperties());
    }

    private ClientProperties clientProperties() {
        return options.commandConfig()
                .map(file -> ClientProperties.of(Optional.of(caller.folder().resolve(file)), "--command-config"))
                .orElseGet(() -> ClientProperties.of(kafka()));
    }

    private String bootstrapServer() {
        return options.bootstrapServer().orElseGet(() -> kafka().bootstrapServers());
    }

    private String topic() {
        return options.topic().orElseGet(() -> kafka().topic());
    }

    private Settings.Kafka kafka() {
        return Project.at(project, System.getenv(), Map.of()).settings().kafka();
    }

    /** Every name with what it stands for; the pattern is that of {@code SHOW TABLES LIKE}. */
    Dataset<Row> list(SparkSession spark, Option<String> pattern) {
        var scalaNames = CollectionConverters.asScala(names()).toSeq();
        var shown = pattern.isEmpty() ? scalaNames : StringUtils.filterPattern(scalaNames, pattern.get());
        var rows = CollectionConverters.asJava(shown).stream()
                .map(name -> RowFactory.create(name, place(name)))
                .toList();
        var schema = new StructType().add("table", DataTypes.StringType).add("path", DataTypes.StringType);
        return spark.createDataFrame(rows, schema);
    }

    /** Whether it is a view that the session has of its caller's. */
    boolean isOfCaller(String name) {
        return views.isOfCaller(name);
    }

    private String place(String name) {
        if (isOfCaller(name)) {
            return "view of this session";
        }
        return name.equals(TopicTable.NAME)
                ? "topic " + topic() + " at " + bootstrapServer()
                : registered.getOrDefault(name, "");
    }
}
