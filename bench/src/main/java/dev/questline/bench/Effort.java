package dev.questline.bench;

/**
 * How much is done for each figure.
 *
 * @param rounds how often each is measured; what is reported is the median
 * @param seconds how long one measurement of a rate takes
 * @param warmUpSeconds how long a server is under load before the first; the JIT is done after some 40
 * @param eventsToExtract how many events the topic holds that is extracted
 * @param rowsToAsk how many rows the table has that is asked
 * @param withArchives whether to wait the minutes until a stack has made its class archives
 */
record Effort(int rounds, int seconds, int warmUpSeconds, int eventsToExtract, int rowsToAsk, boolean withArchives) {
    static final Effort FULL = new Effort(5, 3, 40, 2_000_000, 1_000_000, true);
    static final Effort QUICK = new Effort(3, 1, 3, 200_000, 100_000, false);
}
