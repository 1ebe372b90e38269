package dev.questline.query;

import dev.questline.event.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;

/**
 * One statement of a script. Offsets count code points, as Spark's do.
 *
 * @param script the whole text the statement stands in
 * @param keyword its first word, in capitals; or {@code (}
 * @param start where its first word starts
 * @param end where it ends, without the semicolon
 */
record Statement(String script, String keyword, int start, int end) {

    /** The statements of a script, in order. Spark's own lexer finds the semicolons that are no part of a text. */
    static List<Statement> split(String script) {
        var statements = new ArrayList<Statement>();
        List<Token> words = new ArrayList<>();
        for (var token : tokens(script)) {
            if (token.getType() == SqlBaseLexer.SEMICOLON || token.getType() == Token.EOF) {
                if (!words.isEmpty()) {
                    statements.add(of(script, words));
                }
                words = new ArrayList<>();
            } else if (token.getChannel() == Token.DEFAULT_CHANNEL) {
                words.add(token);
            }
        }
        if (statements.isEmpty()) {
            throw UserError.wrongUse("there is no statement in the text given, only blanks and comments");
        }
        return statements;
    }

    private static Statement of(String script, List<Token> words) {
        return new Statement(
                script,
                words.get(0).getText().toUpperCase(Locale.ROOT),
                words.get(0).getStartIndex(),
                words.get(words.size() - 1).getStopIndex() + 1);
    }

    private static List<Token> tokens(String script) {
        var lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(script)));
        lexer.removeErrorListeners();
        var tokens = new ArrayList<Token>();
        do {
            tokens.add(lexer.nextToken());
        } while (tokens.get(tokens.size() - 1).getType() != Token.EOF);
        return tokens;
    }

    /**
     * The statement's text with everything before it blanked out, so that the places Spark names in its errors are
     * places in the script.
     */
    String text() {
        return blankUntil(start) + slice(start, end);
    }

    /** The same with the first word replaced by another that is no longer. */
    String textWithKeyword(String other) {
        return blankUntil(start) + other + " ".repeat(keyword.length() - other.length()) + rest();
    }

    /** What follows the first word. */
    String rest() {
        return slice(start + keyword.length(), end);
    }

    private String blankUntil(int offset) {
        return slice(0, offset)
                .codePoints()
                .collect(StringBuilder::new, Statement::appendBlank, StringBuilder::append)
                .toString();
    }

    private static void appendBlank(StringBuilder text, int codePoint) {
        text.append(codePoint == '\n' || codePoint == '\r' ? (char) codePoint : ' ');
    }

    private String slice(int from, int to) {
        return script.substring(script.offsetByCodePoints(0, from), script.offsetByCodePoints(0, to));
    }
}
