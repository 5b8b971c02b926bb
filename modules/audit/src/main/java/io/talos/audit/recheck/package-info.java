/** Whether the log can be computed again from the events: every row of it, in order. Pure Java. */
@NullMarked
package io.talos.audit.recheck;

import org.jspecify.annotations.NullMarked;
