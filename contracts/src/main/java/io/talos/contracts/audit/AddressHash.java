package io.talos.contracts.audit;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Sha256;
import java.util.Optional;

/**
 * A network address under a key: equal addresses have equal hashes as long as the key is the same,
 * and when the key is destroyed nobody can say any more whose they were.
 *
 * <p>Source: RFC 2104; RFC 5952 for the text that is hashed; the members {@code client_ip_hash} of
 * Talos 1.x audit events.
 *
 * @param hash HMAC-SHA256 of the address's canonical text
 * @param keyId the name of the key, 1 to 200 characters
 */
public record AddressHash(Bytes hash, String keyId) {
  /** The algorithm's name in the event. */
  public static final String ALGORITHM = "HMAC-SHA256";

  private static final int KEY_ID_CHARACTERS_MAX = 200;

  /** Checks the lengths. */
  public AddressHash {
    Check.that(hash.size() == Sha256.SIZE, "the hash has 32 bytes");
    Check.that(!keyId.isBlank(), "the key has a name");
    Check.atMost(keyId.length(), KEY_ID_CHARACTERS_MAX, "the key's name's length");
  }

  /** The hash of {@code address}; none when it is no address, so that nothing else is hashed. */
  public static Optional<AddressHash> of(String address, String keyId, SecretBytes key) {
    return AddressText.canonical(address)
        .map(text -> new AddressHash(HmacSha256.tag(key, Bytes.utf8(text)), keyId));
  }
}
