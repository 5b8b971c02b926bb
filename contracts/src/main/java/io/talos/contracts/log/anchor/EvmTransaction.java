package io.talos.contracts.log.anchor;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Keccak256;
import io.talos.contracts.crypto.Secp256k1;
import java.math.BigInteger;

/**
 * A transaction of type 2 that sends no value: fee market, empty access list.
 *
 * <p>Source: EIP-1559, "Specification"; EIP-2718 (the type byte); EIP-2930 (access lists).
 *
 * @param chainId which chain it is for; on another it is no transaction
 * @param nonce how many transactions of the sender come before it
 * @param priorityFee most wei for each unit of gas that the block's producer gets
 * @param maxFee most wei for each unit of gas in all
 * @param gas most units of gas
 * @param to whom it calls
 * @param data what it says
 */
public record EvmTransaction(
    long chainId,
    long nonce,
    BigInteger priorityFee,
    BigInteger maxFee,
    long gas,
    EvmAddress to,
    Bytes data) {
  static final Bytes TYPE = Bytes.of((byte) 2);

  private static final int FEE_BITS = 128;

  /** Checks the bounds. */
  public EvmTransaction {
    Check.that(chainId > 0 && nonce >= 0 && gas > 0, "chain, nonce and gas are numbers of theirs");
    Check.that(
        priorityFee.signum() >= 0
            && priorityFee.compareTo(maxFee) <= 0
            && maxFee.bitLength() <= FEE_BITS,
        "the priority fee is a part of the fee");
  }

  /** What the sender signs. */
  Bytes signingHash() {
    return Keccak256.of(TYPE.concat(Rlp.encode(new Rlp.Items(SignedEvmTransaction.fields(this)))));
  }

  /** The signed transaction; its sender is recovered from it before it is given out. */
  public SignedEvmTransaction sign(Secp256k1.KeyPair keys) {
    SignedEvmTransaction signed = new SignedEvmTransaction(this, keys.sign(signingHash()));
    Check.that(
        SignedEvmTransaction.parse(signed.raw()).sender().equals(EvmAddress.of(keys.publicKey())),
        "a transaction that was just signed is its signer's");
    return signed;
  }
}
