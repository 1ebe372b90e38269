package dev.questline.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.questline.event.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ExtractOptionsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --write t --limit 5      | --limit is for rows that are printed; --write writes them all
        --write t --limit 0      | --limit is for rows that are printed; --write writes them all
        --write t --limit -1     | --limit is -1; allowed is 0 or more
        --limit -1               | --limit is -1; allowed is 0 or more
        --write t --output csv   | --output is for rows that are printed; --write writes Parquet
        --write t --output table | --output is for rows that are printed; --write writes Parquet
        --mode overwrite         | --mode is for the folder of --write, which is not given
        """)
    void flagsThatContradictEachOtherAreWrongUse(String flags, String message) {
        assertThatThrownBy(options(flags)::check)
                .isInstanceOfSatisfying(
                        UserError.class, e -> assertThat(e.exitCode()).isEqualTo(UserError.WRONG_USE))
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--event-type t", "--limit 0 --output csv", "--write t --mode append"})
    void othersAreNot(String flags) {
        options(flags).check();
    }

    @Test
    void whatIsNotGivenHasItsDefault() {
        var options = options("--topic t");

        assertThat(options.mode()).isEqualTo(ExtractOptions.Mode.OVERWRITE);
        assertThat(options.output()).isEqualTo(ExtractOptions.Output.TABLE);
        assertThat(options.limit()).isEqualTo(100);
        assertThat(options("--output json").limit()).isEqualTo(Integer.MAX_VALUE);
    }

    private static ExtractOptions options(String flags) {
        var arguments = new Arguments();
        new CommandLine(arguments).parseArgs(flags.split(" "));
        return arguments.options;
    }

    @Command
    private static final class Arguments {
        @Mixin
        private final ExtractOptions options = new ExtractOptions();
    }
}
