package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.did.Did;
import io.talos.contracts.time.WireTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * An ML-KEM-768 key that an agent publishes for suite {@code talos-pqxdh-2}. A one-time key serves
 * one initial message and is forgotten then; the last-resort key serves when no one-time key is
 * left.
 *
 * <p>The signature is Ed25519 over the UTF-8 text
 *
 * <pre>talos:kem-prekey:v1 LF did LF id LF kind LF base64url(public key) LF expires_at</pre>
 *
 * where LF is one line feed, nothing follows the last part, and the time has the form of {@link
 * WireTime}. An unsigned one-time key would let a server take the post-quantum secret for itself.
 *
 * <p>Source: The PQXDH Key Agreement Protocol, revision 3, §3.2; FIPS 203 §8 (sizes).
 *
 * @param id names the key at its owner, see {@link OneTimePrekey}
 * @param kind whether it serves once
 * @param publicKey the encapsulation key, 1184 bytes
 * @param expiresAt from this instant on nobody starts a channel with it
 * @param signature the owner's signature, 64 bytes
 */
public record KemPrekey(String id, Kind kind, Bytes publicKey, Instant expiresAt, Bytes signature) {
  private static final String LABEL = "talos:kem-prekey:v1\n";

  /** How often a key serves. */
  public enum Kind {
    /** Once. */
    ONE_TIME("one-time"),
    /** Whenever no one-time key is left, until it expires. */
    LAST_RESORT("last-resort");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The name on the wire. */
    public String wireName() {
      return wireName;
    }

    /** The kind of that name, when there is one. */
    public static Optional<Kind> of(String wireName) {
      return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
    }
  }

  /** Checks form and sizes; the signature is checked by {@link #isSignedBy}. */
  public KemPrekey {
    OneTimePrekey.requireId(id);
    Check.that(publicKey.size() == MlKem768.PUBLIC_KEY_SIZE, "an ML-KEM-768 key has 1184 bytes");
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
    Check.that(WireTime.cut(expiresAt).equals(expiresAt), "the expiry has whole milliseconds");
  }

  /** Signs {@code publicKey} with the key that speaks for the agent {@code did} now. */
  public static KemPrekey sign(
      Did did, Ed25519.KeyPair signer, String id, Kind kind, Bytes publicKey, Instant expiresAt) {
    Instant end = WireTime.cut(expiresAt);
    return new KemPrekey(
        id, kind, publicKey, end, signer.sign(signedText(did.text(), id, kind, publicKey, end)));
  }

  /** Exactly the bytes that the signature covers. */
  public static Bytes signedText(
      String did, String id, Kind kind, Bytes publicKey, Instant expiresAt) {
    return Bytes.utf8(
        LABEL
            + String.join(
                "\n",
                did,
                id,
                kind.wireName(),
                Base64Url.encode(publicKey),
                WireTime.format(expiresAt)));
  }

  /** Whether {@code key}, which speaks for the agent {@code did}, signed this prekey. */
  public boolean isSignedBy(String did, Bytes key) {
    return Ed25519.verify(key, signedText(did, id, kind, publicKey, expiresAt), signature);
  }

  /** Whether its time is over; at {@code expiresAt} itself it is. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
