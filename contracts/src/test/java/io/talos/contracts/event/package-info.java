/** Stories of what happened and what the log is told of it. */
@NullMarked
package io.talos.contracts.event;

import org.jspecify.annotations.NullMarked;
