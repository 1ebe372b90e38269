package dev.questline.lake;

import dev.questline.event.Catalog;
import dev.questline.event.DidYouMean;
import dev.questline.event.Project;
import dev.questline.event.UserError;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The job {@code extract}: the log as it is now, as columns, printed or written as Parquet. */
public final class Extract {
    private final SparkSession spark;
    private final ExtractOptions options;
    private final PrintStream out;
    private final Report report;
    private final Optional<Project> project;

    private Extract(SparkSession spark, ExtractOptions options, Path callersFolder, PrintStream out, PrintStream err) {
        this.spark = spark;
        this.options = options;
        this.out = out;
        this.report = new Report(err, options.topic());
        this.project = options.project().map(callersFolder::resolve).map(Project::unread);
    }

    /**
     * Runs the job under the caller's job group, which cancels it.
     *
     * @param callersFolder what relative paths are relative to
     * @return the exit code
     * @throws UserError for what people can mend
     */
    public static int run(
            SparkSession spark, ExtractOptions options, Path callersFolder, PrintStream out, PrintStream err) {
        var topic =
                new KafkaTopic(options.bootstrapServers(), options.topic(), options.clientProperties(callersFolder));
        return run(spark, options, () -> PinnedTopic.pin(spark, topic), callersFolder, out, err);
    }

    /**
     * The rows as a table instead, in the columns they have now. Reading it again later gives the same rows.
     *
     * @param callersFolder what relative paths are relative to
     * @throws UserError for what people can mend
     */
    public static Dataset<Row> table(SparkSession spark, ExtractOptions options, Path callersFolder, PrintStream err) {
        try {
            var topic = new KafkaTopic(
                    options.bootstrapServers(), options.topic(), options.clientProperties(callersFolder));
            var extract = new Extract(spark, options, callersFolder, err, err);
            var extraction = extract.from(PinnedTopic.pin(spark, topic));
            var outcome = extraction.count();
            extract.check(outcome);
            var rows = new EventRows(outcome.columns(), extraction.wantedType(), CensusAccumulator.in(spark));
            return rows.asTable(spark, extraction.source().records());
        } catch (Exception e) { // Spark throws checked exceptions that its methods do not declare.
            throw Failures.forPeople(e);
        }
    }

    /** As above, from any source. */
    static int run(
            SparkSession spark,
            ExtractOptions options,
            Supplier<RecordSource> source,
            Path callersFolder,
            PrintStream out,
            PrintStream err) {
        try {
            var extract = new Extract(spark, options, callersFolder, out, err);
            if (options.write().isPresent()) {
                var hadoop = spark.sparkContext().hadoopConfiguration();
                extract.write(Target.of(options.write().get(), callersFolder, hadoop), source);
            } else {
                extract.print(extract.from(source.get()));
            }
            return 0;
        } catch (Exception e) { // Spark throws checked exceptions that its methods do not declare.
            throw Failures.forPeople(e);
        }
    }

    private Extraction from(RecordSource source) {
        return new Extraction(spark, source, options.eventType().orElse(null));
    }

    private void print(Extraction extraction) {
        var printer = new RowsPrinter(spark, out);
        if (options.output() == ExtractOptions.Output.TABLE) {
            var outcome = extraction.run(rows -> ShownRows.first(options.limit(), rows, extraction.source()));
            check(outcome);
            printer.printTable(outcome);
        } else {
            var outcome = extraction.count();
            check(outcome);
            var format = RowFormat.valueOf(options.output().name());
            printer.printLines(extraction, outcome.columns(), format, options.limit());
        }
    }

    private void write(Target target, Supplier<RecordSource> source) {
        target.prepare(options.mode());
        var extraction = from(source.get());
        var staging = target.stage();
        try {
            var outcome = new TableWriter(spark, target.files(), staging).write(extraction);
            check(outcome);
            target.commit(staging, options.mode());
            out.println(outcome.columns().schema().treeString());
            out.println("wrote " + Counted.of(outcome.census().rows(), "row") + " to " + target.given() + " ("
                    + Counted.of(outcome.result(), "file") + ")");
        } finally {
            target.discard(staging);
        }
        project.ifPresent(known -> register(target, known));
    }

    private void register(Target target, Project known) {
        if (target.tableName().equalsIgnoreCase(TopicTable.NAME)) {
            out.println(
                    "in SQL " + target.tableName() + " is the topic; this folder is parquet.`" + target.folder() + "`");
        } else {
            TableRegistry.put(known.data(), target.tableName(), target.uri());
            out.println("table " + target.tableName());
        }
    }

    /** Reports, and refuses an event type that nobody has heard of. */
    private void check(Extraction.Outcome<?> outcome) {
        var census = outcome.census();
        options.eventType().filter(type -> census.rows() == 0).ifPresent(type -> {
            var known = new TreeSet<>(census.namesOfOtherTypes());
            project.map(Project::readCatalog).map(Catalog::names).ifPresent(known::addAll);
            if (!known.contains(type)) {
                throw UserError.wrongUse("there is no event type '" + type + "', neither in the catalog nor in topic "
                        + options.topic() + DidYouMean.hint(type, known));
            }
        });
        report.print(census, outcome.columns());
    }
}
