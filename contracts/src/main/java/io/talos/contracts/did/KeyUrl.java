package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;

/**
 * Names one key of one agent: {@code did:key:<first key>#<key>}. The DID is the agent, for life;
 * the fragment is the key that speaks for it now. Whether it does, a {@link KeyHistory} says.
 *
 * <p>Source: W3C DID Core 1.0 §3.2 (DID URLs).
 *
 * @param did whose key it is, a did:key
 * @param key an Ed25519 public key of full order
 */
public record KeyUrl(Did did, Bytes key) {
  /** The agent's own first key. */
  public static KeyUrl own(Did did) {
    return new KeyUrl(did, did.publicKey());
  }

  /**
   * Reads a DID URL with a multikey as fragment; a bare DID names its own key.
   *
   * @throws TalosException {@link ErrorCode#DID_INVALID}, {@link ErrorCode#DID_METHOD_UNSUPPORTED}
   */
  public static KeyUrl parse(String text) {
    if (text.length() > Limits.DID_URL_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.DID_INVALID, "a DID URL is too long");
    }
    int hash = text.indexOf('#');
    Did did = Did.parse(hash < 0 ? text : text.substring(0, hash));
    if (did.method() != Did.Method.KEY) {
      throw new TalosException(ErrorCode.DID_METHOD_UNSUPPORTED, "the DID holds no key");
    }
    if (hash < 0 || text.equals(did.keyUrl())) {
      return own(did);
    }
    return new KeyUrl(did, key(text.substring(hash + 1)));
  }

  private static Bytes key(String multikey) {
    try {
      Multikey key = Multikey.parse(multikey);
      if (key.kind() == Multikey.Kind.ED25519) {
        return Ed25519.requirePublicKey(key.key());
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.DID_INVALID, "the fragment is no usable key", e);
    }
    throw new TalosException(ErrorCode.DID_INVALID, "the fragment is a key that cannot sign");
  }

  /** Whether this is the key that the DID is made of. */
  public boolean isOwn() {
    return did.publicKey().equals(key);
  }

  /** The DID URL. */
  public String text() {
    return did.text() + "#" + Multikey.ed25519(key).text();
  }

  @Override
  public String toString() {
    return text();
  }
}
