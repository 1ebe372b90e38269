package dev.questline.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * What is remembered of an event with a client's id.
 *
 * @param type a hash of its event type
 */
record KnownId(int type, int partition, long offset) {
    static int typeHash(String type) {
        return typeHash(type.getBytes(UTF_8));
    }

    static int typeHash(byte[] type) {
        return Arrays.hashCode(type);
    }
}
