/** HTTP in, admission and validation, answer. */
@NullMarked
package dev.questline.collect;

import org.jspecify.annotations.NullMarked;
