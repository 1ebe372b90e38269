package dev.questline.bench;

import dev.questline.bench.report.Report;
import dev.questline.bench.report.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Runs comparisons one after the other; what befalls one is told in the report and leaves the others be. */
record Bench(Trial trial, Report report) {
    /** Whether all of them were made. */
    boolean run(List<Comparison> comparisons) throws IOException, InterruptedException {
        var allMade = true;
        for (var comparison : comparisons) {
            allMade &= run(comparison);
        }
        return allMade;
    }

    private boolean run(Comparison comparison) throws IOException, InterruptedException {
        var missing = new ArrayList<String>();
        for (var tool : comparison.tools()) {
            if (tool.isMissing(trial.lab())) {
                missing.add(tool.debianPackage());
            }
        }
        if (!missing.isEmpty()) {
            return leaveOut(comparison, "apt-get install " + String.join(" ", missing));
        }
        trial.progress().say(comparison.name() + ": " + comparison.about());
        var section = new Section(comparison.title());
        try {
            comparison.run(trial, section);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever it is, the others are to be made
            if (trial.lab().isClosed()) {
                throw new InterruptedException("told to end");
            }
            return leaveOut(comparison, "failed: " + e);
        } finally {
            report.add(section);
        }
    }

    private boolean leaveOut(Comparison comparison, String reason) throws IOException {
        trial.progress().say(comparison.name() + ": LEFT OUT: " + reason);
        report.leftOut(comparison.name(), reason);
        return false;
    }
}
