package io.talos.audit.evm;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.EvmTransaction;
import java.math.BigInteger;

/**
 * What a transaction offers for a unit of gas, in wei.
 *
 * <p>Source: EIP-1559. Nodes replace a waiting transaction only when both fees rise by a tenth or
 * an eighth; an eighth, rounded up, is enough for all of them.
 */
record Fees(BigInteger priority, BigInteger max) {
  private static final BigInteger GWEI = BigInteger.valueOf(1_000_000_000);

  /** What a block takes now, with room for a base fee that doubles. */
  static Fees now(BigInteger base, BigInteger priority, long capGwei) {
    BigInteger cap = GWEI.multiply(BigInteger.valueOf(capGwei));
    if (base.add(priority).compareTo(cap) > 0) {
      throw new TalosException(ErrorCode.ANCHOR_FEE_TOO_HIGH, "the chain asks for more");
    }
    return new Fees(priority, base.shiftLeft(1).add(priority).min(cap));
  }

  /** Enough to replace {@code waiting}; refused when that is above the cap. */
  Fees above(EvmTransaction waiting, long capGwei) {
    BigInteger most = max.max(eighthMore(waiting.maxFee()));
    if (most.compareTo(GWEI.multiply(BigInteger.valueOf(capGwei))) > 0) {
      throw new TalosException(ErrorCode.ANCHOR_FEE_TOO_HIGH, "a replacement would cost more");
    }
    return new Fees(priority.max(eighthMore(waiting.priorityFee())), most);
  }

  private static BigInteger eighthMore(BigInteger fee) {
    return fee.add(fee.add(BigInteger.valueOf(7)).shiftRight(3)).add(BigInteger.ONE);
  }
}
