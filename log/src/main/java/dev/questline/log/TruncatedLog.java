package dev.questline.log;

/** Records that had been read are not there any more. */
final class TruncatedLog extends RuntimeException {}
