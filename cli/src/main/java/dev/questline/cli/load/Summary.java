package dev.questline.cli.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** ApacheBench's summary, line by line in its own format, so that what reads its output reads this; then what it lacks. */
public final class Summary {
    private static final int[] PERCENTS = {50, 66, 75, 80, 90, 95, 98, 99};
    private static final double[] FINE_PERCENTS = {50, 75, 90, 99, 99.9};

    private final StringBuilder text = new StringBuilder();
    private final LoadResult result;
    private final LoadPlan plan;
    private final Tally tally;

    private Summary(LoadResult result) {
        this.result = result;
        this.plan = result.plan();
        this.tally = result.tally();
    }

    public static String of(LoadResult result) {
        var summary = new Summary(result);
        summary.addTarget();
        summary.addCounts();
        if (summary.tally.complete > 0) {
            summary.addRates();
            summary.addTimes();
            summary.addPercents();
            summary.addFinePercents();
        }
        result.pace().ifPresent(summary::addPace);
        return summary.text.toString();
    }

    private void addTarget() {
        add("Server Software:        %s", tally.server == null ? "" : tally.server);
        add("Server Hostname:        %s", plan.host());
        add("Server Port:            %d", plan.port());
        add("");
        add("Document Path:          %s", plan.path());
        add("Document Length:        %d bytes", result.documentLength());
        add("");
    }

    private void addCounts() {
        add("Concurrency Level:      %d", plan.concurrency());
        add("Time taken for tests:   %.3f seconds", result.seconds());
        add("Complete requests:      %d", tally.complete);
        add("Failed requests:        %d", tally.failed());
        if (tally.failed() > 0) {
            add(
                    "   (Connect: %d, Receive: %d, Length: %d, Exceptions: %d)",
                    tally.connectErrors, tally.receiveErrors, tally.lengthErrors, tally.timeouts);
        }
        if (tally.non2xx > 0) {
            add("Non-2xx responses:      %d", tally.non2xx);
        }
        if (plan.retries() > 0) {
            add("Retried requests:       %d", tally.retried);
        }
        if (plan.keepAlive()) {
            add("Keep-Alive requests:    %d", tally.keptAlive);
        }
        add("Total transferred:      %d bytes", tally.bytes);
        if (plan.body().length > 0) {
            add("%-24s%d", plan.method().equals("PUT") ? "Total PUT:" : "Total body sent:", tally.bytesSent);
        }
        add("HTML transferred:       %d bytes", tally.bodyBytes);
    }

    private void addRates() {
        var kilobytes = tally.bytes / 1024.0 / result.seconds();
        add("Requests per second:    %.2f [#/sec] (mean)", result.requestsPerSecond());
        addTimePerRequest();
        add("Transfer rate:          %.2f [Kbytes/sec] received", kilobytes);
        if (plan.body().length > 0) {
            var sent = tally.bytesSent / 1024.0 / result.seconds();
            add("                        %.2f kb/s sent", sent);
            add("                        %.2f kb/s total", kilobytes + sent);
        }
    }

    private void addTimePerRequest() {
        if (result.pace().isPresent()) {
            add("Time per request:       %.3f [ms] (mean, from the time it was due)", tally.total.getMean() / 1000);
        } else {
            add("Time per request:       %.3f [ms] (mean)", plan.concurrency() * result.millisPerRequest());
            add("Time per request:       %.3f [ms] (mean, across all concurrent requests)", result.millisPerRequest());
        }
    }

    private void addTimes() {
        add("");
        add("Connection Times (ms)");
        add("              min  mean[+/-sd] median   max");
        addTimes("Connect:", tally.connect);
        addTimes("Processing:", tally.processing);
        addTimes("Waiting:", tally.waiting);
        addTimes("Total:", tally.total);
    }

    private void addTimes(String name, Histogram micros) {
        add(
                "%-11s %5d %4d %5.1f %6d %7d",
                name,
                millis(micros.getMinValue()),
                Math.round(micros.getMean() / 1000),
                micros.getStdDeviation() / 1000,
                millis(micros.getValueAtPercentile(50)),
                millis(micros.getMaxValue()));
    }

    private void addPercents() {
        add("");
        add("Percentage of the requests served within a certain time (ms)");
        for (int percent : PERCENTS) {
            add("  %d%%  %5d", percent, millis(tally.total.getValueAtPercentile(percent)));
        }
        add(" %3d%%  %5d (longest request)", 100, millis(tally.total.getMaxValue()));
    }

    private void addFinePercents() {
        add("");
        add("Latency in fractions of a millisecond (ms)");
        for (double percent : FINE_PERCENTS) {
            addLatency(
                    "p" + (percent % 1 == 0 ? "%.0f" : "%.1f").formatted(percent),
                    tally.total.getValueAtPercentile(percent));
        }
        addLatency("max", tally.total.getMaxValue());
    }

    private void addLatency(String name, long micros) {
        add("  %-6s%11.3f", name, micros / 1000.0);
    }

    private void addPace(Pace pace) {
        add("");
        add("Scheduled rate:         %.2f [#/sec]", pace.scheduled());
        add("Achieved rate:          %.2f [#/sec]", pace.achieved());
        add("Behind schedule:        %.3f [ms] at the end", pace.behindMillis());
        if (pace.notSent() > 0) {
            add("Not sent in time:       %d", pace.notSent());
        }
    }

    private static long millis(long micros) {
        return (micros + 500) / 1000;
    }

    private void add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
