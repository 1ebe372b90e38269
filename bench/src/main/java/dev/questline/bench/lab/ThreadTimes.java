package dev.questline.bench.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The processor time of a process's threads, those of the same name but for their number together. */
public final class ThreadTimes {
    private static final double TICKS_PER_SECOND = 100;

    private final Map<String, Group> groups;

    private ThreadTimes(Map<String, Group> groups) {
        this.groups = groups;
    }

    /** Seconds in the program and in the kernel on its behalf. */
    public record Group(String name, double user, double kernel) {
        public double all() {
            return user + kernel;
        }

        private Group plus(Group other) {
            return new Group(name, user + other.user, kernel + other.kernel);
        }
    }

    public static ThreadTimes now(long pid) throws IOException {
        var groups = new HashMap<String, Group>();
        try (var threads = Files.newDirectoryStream(Path.of("/proc/" + pid + "/task"))) {
            for (var thread : threads) {
                var group = parse(Files.readString(thread.resolve("stat")));
                groups.merge(group.name(), group, Group::plus);
            }
        } catch (NoSuchFileException e) {
            return now(pid); // a thread has ended meanwhile
        }
        return new ThreadTimes(groups);
    }

    private static Group parse(String stat) {
        var name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new Group(
                name.replaceAll("[-#0-9 ]+$", ""),
                Long.parseLong(fields[11]) / TICKS_PER_SECOND,
                Long.parseLong(fields[12]) / TICKS_PER_SECOND);
    }

    /** What the groups have had since, the busiest first. */
    public List<Group> since(ThreadTimes begin) {
        return groups.values().stream()
                .map(group -> group.plus(begin.negative(group.name())))
                .sorted(Comparator.comparingDouble(Group::all).reversed())
                .toList();
    }

    private Group negative(String name) {
        var group = groups.getOrDefault(name, new Group(name, 0, 0));
        return new Group(name, -group.user(), -group.kernel());
    }
}
