/** The comparisons of {@code bench/run}, outside the default build. */
@NullMarked
package dev.questline.bench;

import org.jspecify.annotations.NullMarked;
