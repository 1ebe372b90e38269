package dev.questline.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * The text of a header's value. HTTP leaves open what its bytes beyond ASCII mean (RFC 9110, section 5.5): today's
 * clients send UTF-8, old ones ISO 8859-1, and what is valid UTF-8 is hardly ever meant as the other.
 */
final class HeaderText {
    private HeaderText() {}

    /** @param value with a character for each byte, as HTTP libraries give it */
    static String of(String value) {
        return isAscii(value) ? value : decoded(value);
    }

    private static boolean isAscii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String decoded(String value) {
        try {
            return UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
