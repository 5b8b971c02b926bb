/** Blocks over checkpoints, and what a peer checks of them. */
@NullMarked
package io.talos.contracts.log.block;

import org.jspecify.annotations.NullMarked;
