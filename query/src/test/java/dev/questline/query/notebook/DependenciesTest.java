package dev.questline.query.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A library is fetched from where the user's settings say, into where they say. */
class DependenciesTest {
    @TempDir
    Path home;

    /** Where the build that runs this keeps what it downloads is not where this home does. */
    private final Optional<String> ofBuild = Optional.ofNullable(System.clearProperty("maven.repo.local"));

    @AfterEach
    void giveBack() {
        ofBuild.ifPresent(folder -> System.setProperty("maven.repo.local", folder));
    }

    @BeforeEach
    void settings() throws IOException {
        Files.createDirectories(home.resolve(".m2"));
        Files.writeString(home.resolve(".m2/settings.xml"), """
                <settings>
                  <localRepository>%s</localRepository>
                  <mirrors><mirror><id>here</id><mirrorOf>*</mirrorOf><url>%s</url></mirror></mirrors>
                </settings>
                """.formatted(
                        home.resolve("local"), home.resolve("remote").toUri()));
        publish(
                "lib",
                "<dependencies><dependency><groupId>org.example</groupId><artifactId>needed</artifactId>"
                        + "<version>2</version></dependency></dependencies>",
                "1");
        publish("needed", "", "2");
    }

    private void publish(String name, String more, String version) throws IOException {
        var folder = Files.createDirectories(home.resolve("remote/org/example/" + name + "/" + version));
        Files.writeString(folder.resolve(name + "-" + version + ".pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>org.example</groupId><artifactId>%s</artifactId>
                <version>%s</version>%s</project>
                """.formatted(name, version, more));
        Files.writeString(folder.resolve(name + "-" + version + ".jar"), "");
    }

    @Test
    void aLibraryComesWithWhatItNeeds() {
        assertThat(Dependencies.of(home).resolve("org.example:lib:1"))
                .containsExactly(
                        home.resolve("local/org/example/lib/1/lib-1.jar"),
                        home.resolve("local/org/example/needed/2/needed-2.jar"));
    }

    @Test
    void whatIsNotThereIsSaidInOneLine() {
        assertThatThrownBy(() -> Dependencies.of(home).resolve("org.example:lib:9"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("org.example:lib:9: ")
                .hasMessageContaining("could not be")
                .message()
                .hasLineCount(1);
        assertThatThrownBy(() -> Dependencies.of(home).resolve("lib"))
                .hasMessage("'lib' names no library; allowed is group:artifact:version, as in"
                        + " org.apache.commons:commons-csv:1.14.1");
    }
}
