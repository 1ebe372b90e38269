/** The contract of the product: the event catalog, an event and its bytes, the settings, and errors people can mend. */
@NullMarked
package dev.questline.event;

import org.jspecify.annotations.NullMarked;
