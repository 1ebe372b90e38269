package dev.questline.cli;

/** Where SQL's texts, quoted names and comments end, without Spark's grammar: enough to see that a statement is whole. */
final class StatementText {
    private final String text;
    private int at;

    private StatementText(String text) {
        this.text = text;
    }

    /** Whether the last thing in it, but for blanks and comments, is a semicolon that ends a statement. */
    static boolean isComplete(String text) {
        return new StatementText(text).endsIn(';');
    }

    /** Whether there is nothing in it but blanks and comments. */
    static boolean isNothing(String text) {
        return new StatementText(text).endsIn(' ');
    }

    private boolean endsIn(char c) {
        return last() == c && at == text.length();
    }

    /** The last character that is none of a comment and no blank, or a blank; stops behind the end if something is open. */
    private char last() {
        var last = ' ';
        while (at < text.length()) {
            var c = text.charAt(at);
            if (text.startsWith("--", at)) {
                skipTo("\n");
            } else if (text.startsWith("/*", at)) {
                skipComment();
            } else if (c == '\'' || c == '"' || c == '`') {
                skipQuoted(c, c != '`' && !isRaw());
                last = c;
            } else {
                last = Character.isWhitespace(c) ? last : c;
                at++;
            }
        }
        return last;
    }

    /** Comments stand within comments. One that is not closed leaves the text open. */
    private void skipComment() {
        var depth = 0;
        do {
            var opens = text.startsWith("/*", at);
            depth += opens ? 1 : text.startsWith("*/", at) ? -1 : 0;
            at += opens || text.startsWith("*/", at) ? 2 : 1;
        } while (depth > 0 && at < text.length());
        at += depth > 0 ? 1 : 0;
    }

    private void skipQuoted(char quote, boolean hasEscapes) {
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            at += hasEscapes && text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** As in {@code r'\d'}. */
    private boolean isRaw() {
        return at > 0
                && "rR".indexOf(text.charAt(at - 1)) >= 0
                && (at == 1 || !Character.isJavaIdentifierPart(text.charAt(at - 2)));
    }

    private void skipTo(String end) {
        var found = text.indexOf(end, at);
        at = found < 0 ? text.length() : found;
    }
}
