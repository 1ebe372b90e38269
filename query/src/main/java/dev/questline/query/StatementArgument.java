package dev.questline.query;

import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** A statement may begin with a comment, which looks like a flag; but a flag has no second line. */
public final class StatementArgument implements IParameterPreprocessor {
    private static final Pattern COMMENT = Pattern.compile("--(?![a-z-]+=)[^\\n]*\\n.*", Pattern.DOTALL);

    /** @param arguments the first of them last */
    @Override
    @SuppressWarnings("JdkObsolete") // picocli's type
    public boolean preprocess(
            Stack<String> arguments, CommandSpec command, @Nullable ArgSpec none, Map<String, Object> info) {
        var statement = arguments.stream()
                .filter(argument -> COMMENT.matcher(argument).matches())
                .findFirst();
        if (statement.isPresent() && !arguments.contains("--")) {
            arguments.remove(statement.get());
            arguments.addAll(0, List.of(statement.get(), "--"));
        }
        return false; // What is left to do is picocli's.
    }
}
