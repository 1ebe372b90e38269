package dev.questline.collect;

/**
 * One line of the access log, not yet formatted.
 *
 * @param client the address the request came from
 * @param epochSecond when it came
 * @param request its first line without the query, {@code -} if it could not be read
 * @param bytes the length of the answer's body
 */
record AccessLine(String client, long epochSecond, String request, int status, int bytes) {}
