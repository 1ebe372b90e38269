/** Cells of Java with Spark in them: for Jupyter, for the terminal, and for the demo. */
@NullMarked
package dev.questline.query.notebook;

import org.jspecify.annotations.NullMarked;
