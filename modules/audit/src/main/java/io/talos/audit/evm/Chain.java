package io.talos.audit.evm;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.EvmAddress;
import io.talos.contracts.log.anchor.SignedEvmTransaction;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a node says of its chain, read strictly.
 *
 * <p>Source: the Ethereum execution API, "Hex value encoding".
 */
final class Chain {
  private final JsonRpc node;

  Chain(JsonRpc node) {
    this.node = node;
  }

  /** A block by its number. */
  record Head(long number, Bytes hash, BigInteger baseFee) {}

  /** Where a transaction was found. */
  record Receipt(long blockNumber, Bytes blockHash, boolean succeeded) {}

  long chainId() {
    return whole(ask("eth_chainId"));
  }

  /** How many transactions of the account are in blocks. */
  long minedCount(EvmAddress account) {
    return whole(ask("eth_getTransactionCount", account.text(), "latest"));
  }

  /** The newest block. */
  Head head() {
    return block("latest").orElseThrow(() -> invalid("no newest block", null));
  }

  /** The block that the chain has at this height now. */
  Optional<Head> at(long number) {
    return block("0x" + Long.toHexString(number));
  }

  private Optional<Head> block(String which) {
    return ask("eth_getBlockByNumber", which, false) instanceof JsonObject block
        ? Optional.of(
            new Head(
                whole(block.get("number")),
                bytes(block.get("hash")),
                number(block.get("baseFeePerGas"))))
        : Optional.empty();
  }

  /** Where the transaction was found; empty when it is in no block. */
  Optional<Receipt> receipt(Bytes hash) {
    if (!(ask("eth_getTransactionReceipt", "0x" + hash.hex()) instanceof JsonObject receipt)) {
      return Optional.empty();
    }
    if (!bytes(receipt.get("transactionHash")).equals(hash)) {
      throw invalid("the receipt of another transaction", null);
    }
    return Optional.of(
        new Receipt(
            whole(receipt.get("blockNumber")),
            bytes(receipt.get("blockHash")),
            number(receipt.get("status")).equals(BigInteger.ONE)));
  }

  /** What producers are given now beside the base fee. */
  BigInteger priorityFee() {
    return number(ask("eth_maxPriorityFeePerGas"));
  }

  /** Hands a transaction to the node. */
  void send(SignedEvmTransaction transaction) {
    JsonValue hash = node.call("eth_sendRawTransaction", "0x" + transaction.raw().hex());
    if (!bytes(hash).equals(transaction.hash())) {
      throw invalid("the node names another transaction than the one that was sent", null);
    }
  }

  private JsonValue ask(String method, Object... params) {
    try {
      return node.call(method, params);
    } catch (JsonRpc.NodeRefused e) {
      throw invalid("the node refuses " + method + ": " + e.getMessage(), null);
    }
  }

  private static long whole(@Nullable JsonValue value) {
    try {
      return number(value).longValueExact();
    } catch (ArithmeticException e) {
      throw invalid("a number that is too large", e);
    }
  }

  private static BigInteger number(@Nullable JsonValue value) {
    if (value instanceof JsonString text
        && text.getString().matches("0x(0|[1-9a-fA-F][0-9a-fA-F]{0,63})")) {
      return new BigInteger(text.getString().substring(2), 16);
    }
    throw invalid("not a quantity", null);
  }

  private static Bytes bytes(@Nullable JsonValue value) {
    if (value instanceof JsonString text && text.getString().matches("0x[0-9a-fA-F]{64}")) {
      return Hex.decode(text.getString().substring(2).toLowerCase(Locale.ROOT));
    }
    throw invalid("not a hash", null);
  }

  private static TalosException invalid(String why, @Nullable Exception cause) {
    return new TalosException(ErrorCode.ANCHOR_ANSWER_INVALID, "chain: " + why, cause);
  }
}
