package dev.questline.log;

import dev.questline.event.UserError;
import java.util.regex.Pattern;

/** Where in each partition reading begins. */
public sealed interface StartOffset {
    /** From the oldest record there is. */
    record Beginning() implements StartOffset {}

    /** From what comes next. */
    record End() implements StartOffset {}

    /** From this offset, or the nearest there is. */
    record At(long offset) implements StartOffset {}

    /** From this many records before the end. */
    record BeforeEnd(long count) implements StartOffset {}

    /** Reads kcat's {@code -o}: {@code beginning}, {@code end}, {@code 42} or {@code -10}. */
    static StartOffset parse(String text) {
        if (text.equals("beginning")) {
            return new Beginning();
        }
        if (text.equals("end")) {
            return new End();
        }
        if (!Pattern.matches("-?[0-9]{1,18}", text)) {
            throw UserError.wrongUse("'" + text
                    + "' is no offset to start from; allowed are beginning, end, an offset as in 42,"
                    + " or as in -10 a count of records before the end");
        }
        return text.startsWith("-") ? new BeforeEnd(Long.parseLong(text.substring(1))) : new At(Long.parseLong(text));
    }

    /** The offset in a partition that reaches from {@code beginning} to before {@code end}. */
    default long in(long beginning, long end) {
        if (this instanceof Beginning) {
            return beginning;
        }
        if (this instanceof At at) {
            return Math.min(Math.max(at.offset(), beginning), end);
        }
        return this instanceof BeforeEnd before ? Math.max(end - before.count(), beginning) : end;
    }
}
