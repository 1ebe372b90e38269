package dev.questline.log;

/** Where the log keeps an acknowledged event. */
public record Receipt(String topic, int partition, long offset) {}
