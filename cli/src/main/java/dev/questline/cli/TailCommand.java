package dev.questline.cli;

import static dev.questline.log.LogReader.NO_LIMIT;

import dev.questline.event.Project;
import dev.questline.event.UserError;
import dev.questline.log.LogReader;
import dev.questline.log.RecordFormat;
import dev.questline.log.StartOffset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tail",
        mixinStandardHelpOptions = true,
        description = "The log's events, one line each, as they come.",
        footer = {"", "Example:", "  questline tail -o beginning -e", "  questline tail -o -10 -f '%%T %%h\\n'"})
final class TailCommand extends ProjectCommand {
    private static final int LOOK_EACH = 1000;

    @Option(
            names = "-o",
            paramLabel = "OFFSET",
            description = "Where to begin: beginning, end (default), an offset, or -N for the last N.")
    private String offset = "end";

    @Option(names = "-e", description = "Exit at the end as it is now, instead of waiting for more.")
    private boolean exitAtEnd;

    @Option(names = "-c", paramLabel = "N", description = "Exit after N events.")
    private @Nullable Long count;

    @Option(
            names = "-f",
            paramLabel = "FORMAT",
            description = {
                "What to print of each, as kcat has it: %%s value, %%k key, %%t topic, %%p partition,",
                "%%o offset, %%T timestamp, %%h headers, \\n \\t (default: the value and a line's end)."
            })
    private @Nullable String format;

    @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", description = "Brokers other than the project's.")
    private @Nullable String bootstrapServer;

    @Option(names = "--topic", description = "A topic other than the project's.")
    private @Nullable String topic;

    @Override
    Project project(ProjectOptions options, Caller caller) {
        return options.ofStack(caller);
    }

    @Override
    int run(Project project, Caller caller) {
        var shape = format == null ? RecordFormat.VALUE_LINE : RecordFormat.parse(format);
        var start = StartOffset.parse(offset);
        if (count != null && count < 1) {
            throw UserError.wrongUse("-c is " + count + "; allowed is a number from 1");
        }
        long limit = count == null ? NO_LIMIT : count;
        try (var reader = LogReader.open(ProjectOptions.kafka(project, bootstrapServer, topic))) {
            var printer = printer(shape, caller, reader);
            if (exitAtEnd) {
                reader.readToEnd(start, limit, printer);
            } else {
                reader.follow(start, limit, printer);
            }
        }
        return 0;
    }

    private Consumer<ConsumerRecord<byte[], byte[]>> printer(RecordFormat shape, Caller caller, LogReader reader) {
        return record -> {
            try {
                shape.write(record, caller.out());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            // A follower shows each at once; both end when nobody reads the output any more.
            if ((!exitAtEnd || record.offset() % LOOK_EACH == 0) && caller.out().checkError()) {
                reader.stop();
            }
        };
    }
}
