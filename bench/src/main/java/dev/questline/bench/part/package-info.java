/** Programs of the bench that run in processes of their own. */
@NullMarked
package dev.questline.bench.part;

import org.jspecify.annotations.NullMarked;
