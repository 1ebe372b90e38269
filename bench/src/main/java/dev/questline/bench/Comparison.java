package dev.questline.bench;

import dev.questline.bench.lab.Tool;
import dev.questline.bench.report.Section;
import java.util.List;

/** Something measured side by side with something else. */
interface Comparison {
    /** What it is called on the command line. */
    String name();

    /** One line for the help. */
    String about();

    /** What must be installed for it. */
    List<Tool> tools();

    /** Its heading in the report. */
    String title();

    /** Runs it, puts what it finds into the section as soon as it is found, and ends what it started. */
    void run(Trial trial, Section section) throws Exception;
}
