package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** The program that docs/sql-clients.md shows, run as it is but for the port. */
final class SqlClientsPage {
    private final String url;

    SqlClientsPage(String url) {
        this.url = url;
    }

    String run(Path folder) throws Exception {
        var program = Files.writeString(folder.resolve("Swords.java"), program());
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-cp",
                        driver(),
                        program.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String program() throws IOException {
        var page = Files.readString(DemoIT.checkout().resolve("docs/sql-clients.md"));
        var block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        var shown = "jdbc:arrow-flight-sql://127.0.0.1:25000/?useEncryption=false";
        assertThat(block.group(1)).contains(shown);
        return block.group(1).replace(shown, url);
    }

    private String driver() throws SQLException, URISyntaxException {
        var place =
                DriverManager.getDriver(url).getClass().getProtectionDomain().getCodeSource();
        return Path.of(place.getLocation().toURI()).toString();
    }
}
