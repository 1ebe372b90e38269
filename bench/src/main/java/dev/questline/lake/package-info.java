/** What of the lake the bench needs and nobody else does. */
@NullMarked
package dev.questline.lake;

import org.jspecify.annotations.NullMarked;
