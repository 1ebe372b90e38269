/** The engine of {@code questline load}: requests as ApacheBench sends them, its summary, and a look into the log. */
@NullMarked
package dev.questline.cli.load;

import org.jspecify.annotations.NullMarked;
