package io.talos.contracts.log.anchor;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Keccak256;
import io.talos.contracts.crypto.Secp256k1;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Limits;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction with its sender's signature.
 *
 * <p>Source: EIP-1559, "Specification"; EIP-2 (low s).
 */
public record SignedEvmTransaction(EvmTransaction transaction, Secp256k1.Signature signature) {
  private static final int FIELDS = 12;
  private static final int ACCESS_LIST = 8;

  static List<Rlp.Item> fields(EvmTransaction tx) {
    return List.of(
        Rlp.Text.of(tx.chainId()),
        Rlp.Text.of(tx.nonce()),
        Rlp.Text.of(tx.priorityFee()),
        Rlp.Text.of(tx.maxFee()),
        Rlp.Text.of(tx.gas()),
        new Rlp.Text(tx.to().bytes()),
        Rlp.Text.of(0),
        new Rlp.Text(tx.data()),
        Rlp.Items.of());
  }

  /** The bytes that are sent to the chain. */
  public Bytes raw() {
    List<Rlp.Item> all = new ArrayList<>(fields(transaction));
    all.add(Rlp.Text.of(signature.odd() ? 1 : 0));
    all.add(Rlp.Text.of(signature.r()));
    all.add(Rlp.Text.of(signature.s()));
    return EvmTransaction.TYPE.concat(Rlp.encode(new Rlp.Items(all)));
  }

  /** The transaction's hash, by which the chain knows it. */
  public Bytes hash() {
    return Keccak256.of(raw());
  }

  /**
   * Who signed it.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when nobody did
   */
  public EvmAddress sender() {
    return Secp256k1.recover(transaction.signingHash(), signature)
        .map(EvmAddress::of)
        .orElseThrow(
            () -> new TalosException(ErrorCode.PROOF_INVALID, "nobody signed the transaction"));
  }

  /**
   * Reads a raw transaction of this form.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} on any other
   */
  public static SignedEvmTransaction parse(Bytes raw) {
    if (raw.isEmpty()
        || raw.size() > Limits.TRANSACTION_BYTES_MAX
        || !raw.slice(0, 1).equals(EvmTransaction.TYPE)) {
      throw invalid(null);
    }
    try {
      SignedEvmTransaction read = read(Rlp.decode(raw.slice(1, raw.size())));
      if (read.raw().equals(raw)) {
        return read;
      }
    } catch (IllegalArgumentException | ArithmeticException | TalosException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  private static SignedEvmTransaction read(Rlp.Items fields) {
    if (fields.items().size() != FIELDS
        || !fields.items().get(ACCESS_LIST).equals(Rlp.Items.of())) {
      throw invalid(null);
    }
    EvmTransaction transaction =
        new EvmTransaction(
            fields.text(0).number().longValueExact(),
            fields.text(1).number().longValueExact(),
            fields.text(2).number(),
            fields.text(3).number(),
            fields.text(4).number().longValueExact(),
            new EvmAddress(fields.text(5).bytes()),
            fields.text(7).bytes());
    BigInteger parity = fields.text(9).number();
    return new SignedEvmTransaction(
        transaction,
        new Secp256k1.Signature(
            fields.text(10).number(), fields.text(11).number(), parity.equals(BigInteger.ONE)));
  }

  private static TalosException invalid(@Nullable Exception cause) {
    return new TalosException(ErrorCode.PROOF_INVALID, "not a transaction of an anchor", cause);
  }
}
