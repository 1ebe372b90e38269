package dev.questline.bench.lab;

import java.io.IOException;
import java.util.function.ToDoubleFunction;

/**
 * One run of load against one server.
 *
 * @param cpuSeconds the server's processor time meanwhile
 * @param machine what the whole machine did meanwhile
 */
public record LoadRun(Answered answered, double cpuSeconds, MachineTimes machine) {
    /** Sends the load. */
    public interface Load {
        Answered send() throws IOException, InterruptedException;
    }

    /** Of a server whose work is done in one process. */
    public static LoadRun of(Server server, Load load) throws IOException, InterruptedException {
        return of(server, Started::cpuSeconds, load);
    }

    /** Of a server with processes for its work. */
    public static LoadRun ofFamily(Server server, Load load) throws IOException, InterruptedException {
        return of(server, Started::cpuSecondsOfAll, load);
    }

    private static LoadRun of(Server server, ToDoubleFunction<Started> cpu, Load load)
            throws IOException, InterruptedException {
        var machine = MachineTimes.now();
        var begin = cpu.applyAsDouble(server.process());
        var answered = load.send();
        return new LoadRun(
                answered,
                cpu.applyAsDouble(server.process()) - begin,
                MachineTimes.now().since(machine));
    }

    public double rate() {
        return answered.rate();
    }

    public double cpuSecondsPer100k() {
        return cpuSeconds * 100_000 / Math.max(1, answered.good());
    }
}
