/** Appends to and follows Kafka; the embedded broker for one machine. */
@NullMarked
package dev.questline.log;

import org.jspecify.annotations.NullMarked;
