package dev.questline.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The report in Markdown, written anew after each comparison, so that what comes later cannot lose what was found. */
public final class Report {
    private final Path file;
    private final String introduction;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    public Report(Path file, String introduction) {
        this.file = file;
        this.introduction = introduction;
    }

    /** Does nothing for a section of a comparison that failed before it had found anything. */
    public void add(Section section) throws IOException {
        if (!section.isEmpty()) {
            sections.add(section);
            write();
        }
    }

    /** A comparison that was not made to its end. */
    public void leftOut(String name, String reason) throws IOException {
        leftOut.add("- **" + name + "**: " + reason);
        write();
    }

    private void write() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, markdown());
    }

    private String markdown() {
        var text = new StringBuilder("# Speed, measured\n\n" + introduction + "\n");
        text.append(targets());
        if (!leftOut.isEmpty()) {
            text.append("Left out:\n\n").append(String.join("\n", leftOut)).append("\n\n");
        }
        sections.forEach(section -> text.append(section.markdown()));
        text.append(bounds());
        return text.toString().stripTrailing() + "\n";
    }

    private String targets() {
        var table = new Table("target", "measured", "wanted", "");
        var targets =
                sections.stream().flatMap(section -> section.targets().stream()).toList();
        targets.forEach(target -> table.add(target.row()));
        return targets.isEmpty() ? "" : "## Targets\n\n" + table.markdown() + "\n\n";
    }

    private String bounds() {
        var text = new StringBuilder();
        sections.forEach(section -> text.append(section.boundsMarkdown()));
        return text.isEmpty() ? "" : "## What bounds each\n\n" + text;
    }
}
