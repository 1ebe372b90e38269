package dev.questline.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directions of the flow, which the folders show. */
class ModulesTest {
    private static final JavaClasses QUESTLINE = new ClassFileImporter(
                    java.util.List.of(new ImportOption.DoNotIncludeTests()))
            .importPackages("dev.questline");

    @Test
    void everyModuleIsHere() {
        for (var module : new String[] {"event", "log", "collect", "lake", "query", "cli"}) {
            assertThat(QUESTLINE.stream().filter(c -> c.getPackageName().startsWith("dev.questline." + module)))
                    .as(module)
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "event,   dev.questline.log..|dev.questline.collect..|dev.questline.lake..|dev.questline.query..|dev.questline.cli..",
        "event,   org.apache.kafka..|org.apache.spark..|io.vertx..",
        "log,     dev.questline.collect..|dev.questline.lake..|dev.questline.query..|dev.questline.cli..",
        "log,     io.vertx..|org.apache.spark..",
        "collect, dev.questline.lake..|dev.questline.query..|dev.questline.cli..",
        "collect, org.apache.kafka..|org.apache.spark..",
        "lake,    dev.questline.log..|dev.questline.collect..|dev.questline.query..|dev.questline.cli..",
        "query,   dev.questline.log..|dev.questline.collect..|dev.questline.cli..",
        "cli,     io.vertx..|org.apache.spark..|org.apache.hadoop..",
    })
    void usesOnlyWhatIsUpstream(String module, String forbidden) {
        noClasses()
                .that()
                .resideInAPackage("dev.questline." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden.split("\\|"))
                .check(QUESTLINE);
    }

    @Test
    void onlyTheBrokerUsesKafkasServer() {
        noClasses()
                .that()
                .resideInAPackage("dev.questline..")
                .and()
                .haveSimpleNameNotContaining("Broker")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("kafka..", "org.apache.kafka.metadata..", "org.apache.kafka.storage..")
                .check(QUESTLINE);
    }

    @Test
    void onlyMainExits() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .and()
                .haveSimpleNameNotEndingWith("Job")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(QUESTLINE);
    }
}
