/** Anchoring checkpoints on an EVM chain over JSON-RPC. Pure Java. */
@NullMarked
package io.talos.audit.evm;

import org.jspecify.annotations.NullMarked;
