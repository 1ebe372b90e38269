package dev.questline.log;

import org.apache.kafka.common.Uuid;

/** A topic as the broker has told of it; one that was deleted and made anew has another id. */
record FoundTopic(Uuid id, int partitions) {}
