package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.time.WireTime;
import java.time.Instant;

/**
 * A medium-term X25519 key that an agent publishes for whoever wants to open a channel with it.
 *
 * <p>The signature is Ed25519 over the UTF-8 text
 *
 * <pre>talos:signed-prekey:v2 LF did LF id LF base64url(public key) LF expires_at LF suites</pre>
 *
 * where LF is one line feed, nothing follows the last part, the time has the form of {@link
 * WireTime}, and the suites have that of {@link SpokenSuites#text}.
 *
 * @param id names the key at its owner, see {@link OneTimePrekey}
 * @param publicKey the X25519 key, 32 bytes
 * @param expiresAt from this instant on nobody starts a channel with it
 * @param suites what the owner speaks
 * @param signature the owner's signature, 64 bytes
 */
public record SignedPrekey(
    String id, Bytes publicKey, Instant expiresAt, SpokenSuites suites, Bytes signature) {
  private static final String LABEL = "talos:signed-prekey:v2\n";

  /** Checks form and sizes; the signature is checked by {@link #isSignedBy}. */
  public SignedPrekey {
    OneTimePrekey.requireId(id);
    Check.that(publicKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
    Check.that(WireTime.cut(expiresAt).equals(expiresAt), "the expiry has whole milliseconds");
  }

  /** Signs {@code publicKey} with the agent's signing key; finer than milliseconds is cut. */
  public static SignedPrekey sign(
      Ed25519.KeyPair signer, String id, Bytes publicKey, Instant expiresAt, SpokenSuites suites) {
    return sign(Did.ofKey(signer.publicKey()), signer, id, publicKey, expiresAt, suites);
  }

  /** Signs {@code publicKey} with the key that speaks for the agent {@code did} now. */
  public static SignedPrekey sign(
      Did did,
      Ed25519.KeyPair signer,
      String id,
      Bytes publicKey,
      Instant expiresAt,
      SpokenSuites suites) {
    Instant end = WireTime.cut(expiresAt);
    return new SignedPrekey(
        id,
        publicKey,
        end,
        suites,
        signer.sign(signedText(did.text(), id, publicKey, end, suites)));
  }

  /** Exactly the bytes that the signature covers. */
  public static Bytes signedText(
      String did, String id, Bytes publicKey, Instant expiresAt, SpokenSuites suites) {
    return Bytes.utf8(
        LABEL
            + String.join(
                "\n",
                did,
                id,
                Base64Url.encode(publicKey),
                WireTime.format(expiresAt),
                suites.text()));
  }

  /** Whether the DID's own key signed this prekey; false for a DID that is not a did:key. */
  public boolean isSignedBy(String did) {
    try {
      return isSignedBy(did, Did.parse(did).publicKey());
    } catch (TalosException e) {
      return false;
    }
  }

  /** Whether {@code key}, which speaks for the agent {@code did}, signed this prekey. */
  public boolean isSignedBy(String did, Bytes key) {
    return Ed25519.verify(key, signedText(did, id, publicKey, expiresAt, suites), signature);
  }

  /** Whether its time is over; at {@code expiresAt} itself it is. */
  public boolean isExpired(Instant now) {
    return !now.isBefore(expiresAt);
  }
}
