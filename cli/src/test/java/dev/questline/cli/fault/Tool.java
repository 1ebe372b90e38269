package dev.questline.cli.fault;

import static org.assertj.core.api.Assertions.assertThat;

/** What a machine may lack. */
final class Tool {
    private Tool() {}

    /** In CI (variable CI), which installs it, that fails. */
    static void isNotInstalled(String tool, String whatFor) {
        leftOut(tool + " is not installed: " + whatFor);
        assertThat(System.getenv("CI")).as("CI has every tool, also " + tool).isNull();
    }

    /** Also in CI, as the one who runs it may be forbidden what a test needs. */
    static void leftOut(String what) {
        System.out.println("LEFT OUT: " + what);
    }
}
