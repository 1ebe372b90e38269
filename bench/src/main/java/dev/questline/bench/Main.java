package dev.questline.bench;

import dev.questline.bench.lab.Checkout;
import dev.questline.bench.lab.Lab;
import dev.questline.bench.lab.Machine;
import dev.questline.bench.lab.Servers;
import dev.questline.bench.lab.Wrk;
import dev.questline.bench.report.Report;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/run}. */
@Command(
        name = "bench/run",
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        description = {
            "Measures Questline beside what it is compared with, on this machine, and writes one report in Markdown, whose "
                    + "path goes to stdout. All of it takes some 30 minutes; the machine should have nothing else to do.",
            "",
            "Exit code: 0 if every comparison was made, whether or not it met its target, else 1; 2 is wrong use."
        },
        footer = {
            "",
            "Examples:",
            "  bench/run",
            "  bench/run --quick events classic",
            "  bench/run --peer http://127.0.0.1:8080/topics/events --peer-body event.json \\",
            "    --peer-type application/vnd.kafka.json.v2+json peer"
        })
public final class Main implements Callable<Integer> {
    private static final List<Comparison> COMPARISONS = List.of(
            new SingleEvents(),
            new Latency(),
            new Generator(),
            new Classic(),
            new ExtractShare(),
            new Statements(),
            new Starts(),
            new FirstAnswers(),
            new Kernels());

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "NAME",
            arity = "0..*",
            description = "only these: ${COMPLETION-CANDIDATES}",
            completionCandidates = Names.class)
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "a short trial: one second each, fewer events; no figures to rely on")
    private boolean quick;

    @Option(names = "--peer", paramLabel = "URL", description = "a server that runs already, compared too, by GET")
    private @Nullable URI peer;

    @Option(names = "--peer-body", paramLabel = "FILE", description = "what is sent to it, by POST")
    private @Nullable Path peerBody;

    @Option(names = "--peer-type", paramLabel = "TYPE", description = "of that body (${DEFAULT-VALUE})")
    private String peerType = "application/json";

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "the report; default: docs/bench.md for a whole run, else bench/target/report.md")
    private @Nullable Path report;

    private Main() {}

    /** The names there are, for the help. */
    static final class Names extends ArrayList<String> {
        Names() {
            COMPARISONS.forEach(comparison -> add(comparison.name()));
            add("peer");
        }
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setParameterExceptionHandler(Main::tell)
                .execute(args));
    }

    private static int tell(ParameterException mistake, String[] args) {
        System.err.println("bench/run: " + mistake.getMessage());
        return CommandLine.ExitCode.USAGE;
    }

    @Override
    public Integer call() throws Exception {
        var chosen = chosen();
        var checkout = Checkout.current();
        try (var lab = Lab.open(checkout)) {
            var progress = new Progress(System.err, Instant.now());
            var trial = new Trial(lab, new Servers(lab), quick ? Effort.QUICK : Effort.FULL, progress);
            var file = reportFile(checkout);
            var whole = new Report(file, introduction(lab));
            var allMade = new Bench(trial, whole).run(chosen);
            System.out.println(file);
            return allMade ? 0 : 1;
        }
    }

    private List<Comparison> chosen() {
        var all = new ArrayList<>(COMPARISONS);
        if (peer != null) {
            var post = Optional.ofNullable(peerBody)
                    .map(body -> new Wrk.Post(body.toAbsolutePath().toString(), peerType));
            all.add(new Peer(peer, post));
        }
        for (var name : names) {
            if (all.stream().noneMatch(comparison -> comparison.name().equals(name))) {
                throw new ParameterException(spec.commandLine(), unknown(name));
            }
        }
        return all.stream()
                .filter(comparison -> names.isEmpty() || names.contains(comparison.name()))
                .toList();
    }

    private static String unknown(String name) {
        return name.equals("peer")
                ? "the comparison 'peer' needs --peer URL"
                : "there is no comparison '" + name + "'; there are " + String.join(", ", new Names());
    }

    private Path reportFile(Checkout checkout) {
        if (report != null) {
            return report.toAbsolutePath();
        }
        return checkout.folder().resolve(quick || !names.isEmpty() ? "bench/target/report.md" : "docs/bench.md");
    }

    private String introduction(Lab lab) throws Exception {
        return "What `bench/run" + (quick ? " --quick" : "")
                + names.stream().map(name -> " " + name).collect(Collectors.joining())
                + "` found on " + Instant.now().toString().substring(0, 10)
                + (quick ? ". **A short trial: no figure here is to be relied on.**" : ".")
                + " How to run and to read it: [bench/README.md](../bench/README.md).\n\n"
                + String.join("\n", new Machine(lab).lines()) + "\n";
    }
}
