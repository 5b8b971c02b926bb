package io.talos.audit.evm;

import io.talos.contracts.log.anchor.SignedEvmTransaction;
import java.time.Instant;

/**
 * A transaction that was signed for a checkpoint, and may be anywhere between us and a block.
 *
 * @param number which of the checkpoint's, from 0
 * @param sentAt when it was written down, just before it was sent
 */
public record Attempt(int number, SignedEvmTransaction transaction, Instant sentAt) {
  long nonce() {
    return transaction.transaction().nonce();
  }
}
