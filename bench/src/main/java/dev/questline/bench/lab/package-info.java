/** The machine and the processes on it: starting, watching, measuring and ending them. */
@NullMarked
package dev.questline.bench.lab;

import org.jspecify.annotations.NullMarked;
