package dev.questline.cli.load;

/**
 * How a run kept to its schedule.
 *
 * @param scheduled requests per second that were asked for
 * @param achieved requests per second that were started
 * @param behindMillis how late the schedule was at its end
 * @param notSent requests whose time had come when the run ended
 */
public record Pace(double scheduled, double achieved, double behindMillis, long notSent) {}
