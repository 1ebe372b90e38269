/** What the comparisons found, as Markdown. */
@NullMarked
package dev.questline.bench.report;

import org.jspecify.annotations.NullMarked;
