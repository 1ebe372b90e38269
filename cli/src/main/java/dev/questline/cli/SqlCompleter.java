package dev.questline.cli;

import dev.questline.query.SqlOffers;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Offers what could stand in a statement, and the prompt's own commands. */
final class SqlCompleter implements Completer {
    private final SqlOffers offers;

    SqlCompleter(SqlOffers offers) {
        this.offers = offers;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var before = line.line().substring(0, line.cursor() - line.wordCursor());
        var word = line.word();
        offers(before, word, line.line())
                .forEach(offer -> candidates.add(new Candidate(offer, offer, null, null, null, null, !isCall(offer))));
    }

    private List<String> offers(String before, String word, String statement) {
        if (!word.startsWith("\\")) {
            return offers.at(before, word, statement);
        }
        return before.isBlank()
                ? PromptCommand.names().filter(name -> name.startsWith(word)).toList()
                : List.of();
    }

    private static boolean isCall(String offer) {
        return offer.endsWith("(");
    }
}
