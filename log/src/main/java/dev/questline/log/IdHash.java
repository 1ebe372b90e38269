package dev.questline.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * What stands for a client's id in memory: 128 bits of SHA-256 under a key of this process. Ids come from outside; no
 * client can make two that are taken for one, nor many that crowd one place of a table.
 */
record IdHash(long high, long low) {
    private static final byte[] KEY = new byte[16];
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(IdHash::sha256);

    static {
        new SecureRandom().nextBytes(KEY);
    }

    static IdHash of(byte[] id) {
        var sha256 = SHA_256.get();
        sha256.update(KEY);
        var digest = ByteBuffer.wrap(sha256.digest(id));
        return new IdHash(digest.getLong(), digest.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
