/** Private channels between two agents: key agreement, Double Ratchet, frames. */
@NullMarked
package io.talos.contracts.channel;

import org.jspecify.annotations.NullMarked;
