package dev.questline.query.notebook;

import java.util.List;

/**
 * A piece of a cell that JShell runs as one.
 *
 * @param cell the cell's number, from 1
 * @param text the whole cell
 * @param start where the piece begins in it
 */
record Source(int cell, String text, int start) {

    /** The line of the cell, from 1, in which an offset of the piece is. */
    int lineAt(int offset) {
        return 1
                + (int) text.substring(0, at(offset))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    /** The same for a line of the piece, from 1. */
    int lineOf(int lineOfPiece) {
        return lineAt(0) + lineOfPiece - 1;
    }

    /** A line of the cell, without what is around it. */
    String line(int number) {
        var lines = text.split("\r?\n", -1);
        return number < 1 || number > lines.length ? "" : lines[number - 1].strip();
    }

    /** The line with carets under a part of it. */
    List<String> marked(int from, int to) {
        var begin = at(from);
        var lineStart = text.lastIndexOf('\n', begin - 1) + 1;
        var lineEnd = text.indexOf('\n', begin);
        var line = text.substring(lineStart, lineEnd < 0 ? text.length() : lineEnd)
                .replace('\t', ' ')
                .stripTrailing();
        var length = Math.max(1, Math.min(at(to), lineStart + line.length()) - begin);
        return List.of("  " + line, "  " + " ".repeat(begin - lineStart) + "^".repeat(length));
    }

    private int at(int offset) {
        return Math.max(0, Math.min(text.length(), start + offset));
    }
}
