package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.TalosException;

/**
 * An agent's X25519 identity key with the certificate that its Ed25519 key issued for it.
 *
 * <p>The certificate is an Ed25519 signature over the UTF-8 text
 *
 * <pre>talos:key-agreement:v1 LF did LF base64url(public key)</pre>
 *
 * where LF is one line feed and nothing follows the last part. Holding this record proves nothing
 * yet; {@link #isCertified()} does.
 *
 * <p>Source: RFC 8032 §5.1 (signature), RFC 7748 §5 (key).
 *
 * @param did whose key it is, a did:key in its one text
 * @param publicKey the X25519 key, 32 bytes
 * @param signature the certificate, 64 bytes
 */
public record IdentityKey(String did, Bytes publicKey, Bytes signature) {
  private static final String LABEL = "talos:key-agreement:v1\n";

  /** Checks the sizes and that the DID is written in its one form. */
  public IdentityKey {
    Check.that(Did.parse(did).text().equals(did), "the DID is in its one form");
    Check.that(publicKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a certificate has 64 bytes");
  }

  /** Certifies {@code publicKey} with the agent's signing key. */
  public static IdentityKey certify(Ed25519.KeyPair signer, Bytes publicKey) {
    return certify(Did.ofKey(signer.publicKey()), signer, publicKey);
  }

  /** Certifies {@code publicKey} with the key that speaks for the agent {@code did} now. */
  public static IdentityKey certify(Did did, Ed25519.KeyPair signer, Bytes publicKey) {
    return new IdentityKey(did.text(), publicKey, signer.sign(signedText(did.text(), publicKey)));
  }

  /** Exactly the bytes that a certificate signs. */
  public static Bytes signedText(String did, Bytes publicKey) {
    return Bytes.utf8(LABEL + did + "\n" + Base64Url.encode(publicKey));
  }

  /** Whether the DID's own key signed this key; false for a DID that is not a did:key. */
  public boolean isCertified() {
    try {
      return isCertifiedBy(Did.parse(did).publicKey());
    } catch (TalosException e) {
      // A did:web holds no key; its certificates need a directory that this suite does not ask.
      return false;
    }
  }

  /** Whether {@code key}, which speaks for the agent, signed this key. */
  public boolean isCertifiedBy(Bytes key) {
    return Ed25519.verify(key, signedText(did, publicKey), signature);
  }
}
