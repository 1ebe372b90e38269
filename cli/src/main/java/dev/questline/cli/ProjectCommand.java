package dev.questline.cli;

import dev.questline.event.Project;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/** A command about one project. */
abstract class ProjectCommand implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Questline questline;

    @Mixin
    private final ProjectOptions projectOptions = new ProjectOptions();

    @Override
    public final Integer call() throws Exception {
        return run(project(projectOptions, questline.caller()), questline.caller());
    }

    Project project(ProjectOptions options, Caller caller) {
        return options.project(caller);
    }

    abstract int run(Project project, Caller caller) throws Exception;

    ProjectOptions projectOptions() {
        return projectOptions;
    }
}
