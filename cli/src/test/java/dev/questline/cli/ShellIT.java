package dev.questline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell at a terminal, without a stack. */
class ShellIT {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";

    @TempDir
    private Path folder;

    @BeforeEach
    void project() throws IOException {
        assumeThat(PseudoTerminal.isPossible()).as("script is installed").isTrue();
        new TestProject(folder);
    }

    private PseudoTerminal shell() throws IOException {
        return new PseudoTerminal(DemoIT.checkout().resolve("questline") + " shell", folder, Map.of());
    }

    @Test
    void ctrlCEndsACellAndNeverTheShell() throws Exception {
        try (var shell = shell()) {
            shell.await("leaves.");
            for (int i = 0; i < 20; i++) {
                Thread.sleep(i);
                shell.type(CTRL_C); // While Java and Spark start.
            }
            shell.await("java> ");
            shell.type("1 + 1\r" + CTRL_C); // Java may not be there yet to say whether it is a cell.
            Thread.sleep(500); // The Ctrl-C would drop what follows it at once.
            shell.type("6 * 7\r");
            shell.await("42\r\n");
            shell.type("spark.range(3).toDF(\"n\")\r");
            shell.await("n\r\n-\r\n0\r\n1\r\n2\r\n(3 rows)\r\n");
            shell.await("java> ");
            shell.type("spark.range(1000000000000L).filter(\"hash(id) = 3\").count()\r");
            shell.await("tasks)");
            shell.type(CTRL_C);
            shell.await("interrupted");
            shell.await("java> ");
            for (int i = 0; i < 50; i++) {
                Thread.sleep(i);
                shell.type(CTRL_C); // At whatever moment, between two prompts too.
            }
            Thread.sleep(500);
            shell.type("spark.range(1).selectExpr(\"7 as `odd id`\").createOrReplaceTempView(\"numbers\");\r");
            shell.await("java> ");
            shell.type("sql(\"show columns in numbers\").count() + sql(\"show functions\").count() > 100\r");
            shell.await("true\r\n");
            shell.type("sql(\"from numbers select od\t\")\r");
            shell.await("odd id\r\n------\r\n     7\r\n");
            shell.type("/vars\r");
            shell.await("there is no command /vars here; /exit leaves");
            shell.type("spark.range(3).count()\r");
            shell.await("3\r\n");
            shell.type("/exit\r");
            assertThat(shell.exitCode()).isZero();
        }
    }

    @Test
    void ctrlDLeavesAtOnce() throws Exception {
        try (var shell = shell()) {
            shell.await("java> ");
            shell.type(CTRL_D);
            assertThat(shell.exitCode()).isZero();
        }
    }
}
