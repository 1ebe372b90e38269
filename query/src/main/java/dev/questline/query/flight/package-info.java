/** SQL for tools that are none of Questline's, as they speak it: Arrow Flight SQL. */
@NullMarked
package dev.questline.query.flight;

import org.jspecify.annotations.NullMarked;
