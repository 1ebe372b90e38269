package dev.questline.query;

import java.util.List;
import java.util.function.IntPredicate;
import org.jline.reader.CompletingParsedLine;

/** A line being edited, and the name that the cursor stands in or behind: what JLine completes. */
public record Word(String line, int cursor, int start) implements CompletingParsedLine {

    /** The word there, made of what is part of a name. */
    public static Word at(String line, int cursor, IntPredicate isPart) {
        var start = cursor;
        while (start > 0 && isPart.test(line.charAt(start - 1))) {
            start--;
        }
        return new Word(line, cursor, start);
    }

    @Override
    public String word() {
        return line.substring(start, cursor);
    }

    @Override
    public int wordCursor() {
        return cursor - start;
    }

    @Override
    public int wordIndex() {
        return 0;
    }

    @Override
    public List<String> words() {
        return List.of(word());
    }

    @Override
    public CharSequence escape(CharSequence candidate, boolean complete) {
        return candidate;
    }

    @Override
    public int rawWordCursor() {
        return wordCursor();
    }

    @Override
    public int rawWordLength() {
        return cursor - start;
    }
}
