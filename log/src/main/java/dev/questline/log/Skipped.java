package dev.questline.log;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/** A key or value nobody looks at, and so is not copied out of the bytes that came from the broker. */
enum Skipped {
    BYTES;

    static final class All implements Deserializer<Skipped> {
        @Override
        public Skipped deserialize(String topic, byte[] data) {
            return BYTES;
        }

        @Override
        public Skipped deserialize(String topic, Headers headers, ByteBuffer data) {
            return BYTES;
        }
    }
}
