package dev.questline.log;

import java.util.Map;

/**
 * A figure of the log's, as it is now.
 *
 * @param name as Prometheus has it: words in small letters with {@code _} between, the unit at the end; {@code _total}
 *     if it only ever grows
 * @param labels what tells it from others of its name
 */
public record Measure(String name, String help, Map<String, String> labels, double value) {}
