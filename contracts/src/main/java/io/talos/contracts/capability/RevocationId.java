package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Multikey;

/**
 * What can be revoked, as 32 bytes of one set: a link, and with it what hangs on it, or a signing
 * key, and with it every link that it signed.
 *
 * <p>The two kinds cannot meet: a link's id is the SHA-256 of a text that starts with an opening
 * brace, a key's of a text that starts with a label.
 */
public final class RevocationId {
  private static final Bytes KEY_LABEL = Bytes.utf8("talos:revoked-key:v1\n");

  private RevocationId() {}

  /** The id that revokes the link with this hash. */
  public static Bytes ofLink(Bytes hash) {
    Check.that(hash.size() == Sha256.SIZE, "a link's hash is a SHA-256");
    return hash;
  }

  /** The id that revokes an Ed25519 key: SHA-256 of a label and the key's multikey text. */
  public static Bytes ofKey(Bytes ed25519PublicKey) {
    return Sha256.of(KEY_LABEL.concat(Bytes.utf8(Multikey.ed25519(ed25519PublicKey).text())));
  }
}
