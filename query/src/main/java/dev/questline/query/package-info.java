/** SQL over the lake, and the warm Spark process that answers it. */
@NullMarked
package dev.questline.query;

import org.jspecify.annotations.NullMarked;
