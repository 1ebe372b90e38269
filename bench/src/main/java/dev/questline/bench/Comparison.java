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

    /** Runs it, ends what it started, and gives what it found. */
    Section run(Trial trial) throws Exception;
}
