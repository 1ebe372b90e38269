package dev.questline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.Catalog;
import dev.questline.event.Settings;
import dev.questline.event.UserError;
import dev.questline.log.LoopbackPort;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no certificate and its key keep a collector from starting, and are named; so is going without. */
class CertificateFilesIT {
    @TempDir
    static Path certificates;

    private static TestCertificate first;
    private static TestCertificate second;

    @TempDir
    Path folder;

    private Settings.Tls files;

    @BeforeAll
    static void make() throws Exception {
        first = TestCertificate.make(certificates, "RSA");
        second = TestCertificate.make(certificates, "EC");
    }

    @BeforeEach
    void name() {
        files = new Settings.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    @Test
    void filesThatAreNoPairAreNamedAtTheStart() throws Exception {
        refuses("collector.tls_certificate: " + files.certificate() + " does not exist");
        Files.writeString(files.certificate(), "no certificate");
        refuses("collector.tls_key: " + files.key() + " does not exist");
        Files.writeString(files.key(), "no key");
        refuses("collector.tls_certificate: " + files.certificate() + " holds no certificate: ");
        Files.writeString(files.certificate(), first.pem().substring(0, 500));
        refuses("collector.tls_certificate: " + files.certificate() + " holds no certificate: ");
        Files.writeString(files.certificate(), first.pem());
        refuses("collector.tls_key: " + files.key() + " holds no private key: ");
        Files.writeString(files.key(), first.pem());
        refuses("collector.tls_key: " + files.key() + " holds no private key: ");
        Files.writeString(files.key(), first.keyPem().substring(0, 500));
        refuses("collector.tls_key: " + files.key() + " holds no private key: ");
        Files.writeString(files.key(), first.keyPem().replace("PRIVATE", "ENCRYPTED PRIVATE"));
        refuses("collector.tls_key: " + files.key() + " is encrypted; allowed is a key without a passphrase");
        Files.writeString(files.key(), second.keyPem());
        refuses("collector.tls_key: " + files.key() + " is not the key of the certificate in ");
        Files.writeString(files.key(), TestCertificate.make(folder, "RSA").keyPem());
        refuses("collector.tls_key: " + files.key() + " is not the key of the certificate in ");
        Files.writeString(
                files.certificate(), TestCertificate.make(folder, "Ed25519").pem());
        refuses("collector.tls_certificate: " + files.certificate() + " is of EdDSA; allowed are RSA and EC");
        Files.delete(files.key());
        Files.createDirectory(files.key());
        refuses("collector.tls_key: " + files.key() + " cannot be read: ");
    }

    private void refuses(String message) {
        assertThatThrownBy(this::start).isInstanceOf(UserError.class).hasMessageStartingWith(message);
    }

    @Test
    void cautionsWhoListensBeyondThisMachineInTheClear() {
        assertThat(Collector.caution(Settings.Collector.at("0.0.0.0", 5000)))
                .contains("WARNING: the collector listens on 0.0.0.0:5000 in the clear;"
                        + " TLS takes collector.tls_certificate and collector.tls_key");
        assertThat(Collector.caution(Settings.Collector.at("::", 5000))).isPresent();
        for (var loopback : new String[] {"127.0.0.1", "127.1.2.3", "localhost", "::1"}) {
            assertThat(Collector.caution(Settings.Collector.at(loopback, 5000))).isEmpty();
        }
        assertThat(Collector.caution(Settings.Collector.at("0.0.0.0", 5000).with(files)))
                .isEmpty();
    }

    private void start() {
        var where = Settings.Collector.at("127.0.0.1", LoopbackPort.anyFree()).with(files);
        Collector.start(where, () -> Catalog.BUILT_IN, new MemoryLog(), AccessLog.off())
                .close();
    }
}
