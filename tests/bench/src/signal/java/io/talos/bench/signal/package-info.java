/** libsignal as a peer of the channels; compiled by the profile {@code bench} only. */
@NullMarked
package io.talos.bench.signal;

import org.jspecify.annotations.NullMarked;
