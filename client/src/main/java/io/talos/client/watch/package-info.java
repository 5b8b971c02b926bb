/** Follows a log from outside, trusting its key and what was seen before. */
@NullMarked
package io.talos.client.watch;

import org.jspecify.annotations.NullMarked;
