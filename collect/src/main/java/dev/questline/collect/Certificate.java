package dev.questline.collect;

import dev.questline.event.SettingKey;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.X509KeyManager;

/** A server's certificate with the private key that fits it. */
record Certificate(X509Certificate certificate, PemKeyCertOptions pem) {
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");
    private static final Map<String, String> SIGNATURES = Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

    /** Reads both files as they are now; throws a {@link UserError} that names the file at fault, and why. */
    static Certificate read(Settings.Tls files, Vertx vertx) {
        var chain = content(SettingKey.COLLECTOR_TLS_CERTIFICATE, files.certificate());
        var key = content(SettingKey.COLLECTOR_TLS_KEY, files.key());
        var certificate = first(chain, files.certificate());
        var pem = new PemKeyCertOptions().setCertValue(Buffer.buffer(chain)).setKeyValue(Buffer.buffer(key));
        var signature = signature(certificate, files);
        if (!fits(certificate, privateKey(pem, certificate, vertx, files), signature)) {
            throw unfit(files);
        }
        return new Certificate(certificate, pem);
    }

    ServerSSLOptions options() {
        return new ServerSSLOptions()
                .setKeyCertOptions(pem)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setUseAlpn(false); // HTTP/1 is all there is
    }

    /** For people. */
    @Override
    public String toString() {
        var end = certificate.getNotAfter().toInstant();
        return "certificate of " + certificate.getSubjectX500Principal() + ", "
                + (end.isBefore(Instant.now()) ? "EXPIRED since " : "valid until ") + end;
    }

    private static byte[] content(SettingKey setting, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw error(setting, file, "does not exist");
        } catch (IOException e) {
            throw error(setting, file, "cannot be read: " + e);
        }
    }

    /** The first is the server's own. */
    private static X509Certificate first(byte[] pem, Path file) {
        try {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            return (X509Certificate) found.stream()
                    .findFirst()
                    .orElseThrow(() -> new CertificateException("there is no BEGIN CERTIFICATE in it"));
        } catch (CertificateException e) {
            throw error(SettingKey.COLLECTOR_TLS_CERTIFICATE, file, "holds no certificate: " + e.getMessage());
        }
    }

    private static PrivateKey privateKey(
            PemKeyCertOptions pem, X509Certificate certificate, Vertx vertx, Settings.Tls files) {
        if (pem.getKeyValue().toString().contains("ENCRYPTED")) {
            throw error(
                    SettingKey.COLLECTOR_TLS_KEY, files.key(), "is encrypted; allowed is a key without a passphrase");
        }
        try {
            var manager = (X509KeyManager) pem.getKeyManagerFactory(vertx).getKeyManagers()[0];
            var aliases = manager.getServerAliases(certificate.getPublicKey().getAlgorithm(), null);
            return manager.getPrivateKey(aliases[0]);
        } catch (Exception e) { // of any kind: it goes by what the file holds
            throw String.valueOf(e.getMessage()).contains("does not match")
                    ? unfit(files)
                    : error(SettingKey.COLLECTOR_TLS_KEY, files.key(), "holds no private key: " + e.getMessage());
        }
    }

    private static boolean fits(X509Certificate certificate, PrivateKey key, String algorithm) {
        try {
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // another kind of key, or another length
        }
    }

    private static String signature(X509Certificate certificate, Settings.Tls files) {
        var algorithm = certificate.getPublicKey().getAlgorithm();
        var signature = SIGNATURES.get(algorithm);
        if (signature == null) {
            throw error(
                    SettingKey.COLLECTOR_TLS_CERTIFICATE,
                    files.certificate(),
                    "is of " + algorithm + "; allowed are RSA and EC");
        }
        return signature;
    }

    private static UserError unfit(Settings.Tls files) {
        return error(
                SettingKey.COLLECTOR_TLS_KEY,
                files.key(),
                "is not the key of the certificate in " + files.certificate() + " ("
                        + SettingKey.COLLECTOR_TLS_CERTIFICATE.key() + ")");
    }

    private static UserError error(SettingKey setting, Path file, String reason) {
        return UserError.failed(setting.key() + ": " + file + " " + reason);
    }
}
