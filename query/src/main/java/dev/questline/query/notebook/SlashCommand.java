package dev.questline.query.notebook;

import dev.questline.event.UserError;
import java.util.regex.Pattern;

/** A line that is no Java but a command, as JShell's users type them. */
final class SlashCommand {
    private static final Pattern LINE = Pattern.compile("\\s*(/[a-zA-Z!?-]\\S*).*\\s*");

    private SlashCommand() {}

    static boolean isOne(String text) {
        return LINE.matcher(text).matches();
    }

    /** Whether it ends the shell. Throws a user error if it is any other: there are none. */
    static boolean isExit(String text) {
        var line = LINE.matcher(text);
        if (!line.matches()) {
            return false;
        }
        if (!line.group(1).equals("/exit")) {
            throw UserError.wrongUse("there is no command " + line.group(1) + " here; /exit leaves, all else is Java");
        }
        return true;
    }
}
