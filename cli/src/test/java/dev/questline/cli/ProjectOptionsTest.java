package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ProjectOptionsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"up --hdfs --set spark.memory=2g", "up --set spark.memory=2g --hdfs"})
    void anOptionThatStandsForASettingIsOneBesidesOthers(String line) {
        var caller = new Caller(System.out, System.err, InputStream.nullInputStream(), folder, Map.of());
        var command = new CommandLine(new Questline(caller));
        var up = (ProjectCommand) command.parseArgs(line.split(" ", -1))
                .subcommand()
                .commandSpec()
                .userObject();

        var settings = up.projectOptions().project(caller).settings();
        assertThat(settings.hdfs().enabled()).isTrue();
        assertThat(settings.spark().memory()).isEqualTo("2g");
        assertThat(up.projectOptions().flags(up.projectOptions().project(caller)))
                .contains("hdfs.enabled=true", "spark.memory=2g");
    }

    @Test
    void aLogOfNoSuchNameIsAMistake() {
        var logs = TestProject.runIn(folder, "logs", "-f", "sprak");
        assertThat(logs.exitCode()).isEqualTo(2);
        assertThat(logs.err()).contains("did you mean 'spark'");
    }
}
