package dev.questline.bench;

import dev.questline.bench.lab.Lab;
import dev.questline.bench.lab.Servers;
import java.io.IOException;
import java.nio.file.Path;

/** What a comparison works with. */
record Trial(Lab lab, Servers servers, Effort effort, Progress progress) {
    /** With class archives, as one has that has been in use; in a short trial without. */
    Path settledDistribution(String comparison) throws IOException, InterruptedException {
        if (effort.withArchives()) {
            progress.say(comparison + ": waiting for a stack to make its class archives");
            return servers.archivedDistribution();
        }
        return lab.checkout().linkedDistribution(lab.newFolder("bare").resolve("home"), false);
    }

    /** What to say of the figures of {@link #settledDistribution}. */
    String archives() {
        return effort.withArchives()
                ? "with class archives"
                : "without class archives, which take minutes to be made; the targets are for with them";
    }
}
