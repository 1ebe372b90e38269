/** The one command, and the distribution. */
@NullMarked
package dev.questline.cli;

import org.jspecify.annotations.NullMarked;
