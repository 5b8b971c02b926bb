package io.talos.contracts.log.anchor;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Keccak256;
import io.talos.contracts.crypto.Secp256k1;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Locale;

/**
 * An account or a contract on an EVM chain.
 *
 * <p>Source: Ethereum Yellow Paper §4.1, appendix F (the last 20 bytes of the key's Keccak-256).
 *
 * @param bytes 20 bytes
 */
public record EvmAddress(Bytes bytes) {
  private static final int SIZE = 20;

  /** Checks the size. */
  public EvmAddress {
    Check.that(bytes.size() == SIZE, "an address has 20 bytes");
  }

  /** The address of a key's holder. */
  public static EvmAddress of(Bytes publicKey) {
    Check.that(publicKey.size() == Secp256k1.PUBLIC_KEY_SIZE, "a public key has 64 bytes");
    return new EvmAddress(Keccak256.of(publicKey).slice(Keccak256.SIZE - SIZE, Keccak256.SIZE));
  }

  /**
   * Reads {@code 0x} and 40 hex digits; their case says nothing.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on any other text
   */
  public static EvmAddress parse(String text) {
    if (!text.matches("0x[0-9a-fA-F]{40}")) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not an address");
    }
    return new EvmAddress(Hex.decode(text.substring(2).toLowerCase(Locale.ROOT)));
  }

  /** {@code 0x} and lower-case hex. */
  public String text() {
    return "0x" + bytes.hex();
  }
}
