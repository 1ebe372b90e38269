/** The stack of one project: its processes, started, watched and stopped in the order of the flow. */
@NullMarked
package dev.questline.cli.stack;

import org.jspecify.annotations.NullMarked;
