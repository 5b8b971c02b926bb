package io.talos.contracts.revocation;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;

/**
 * The digest over revoked ids in the order of their epochs. Two sets with the same digest hold the
 * same ids, and the digest of a longer set says what its beginning was.
 *
 * <p>Source: docs/reference/revocation-feed.md, "Chain".
 */
public final class RevocationChain {
  /** Size of a revoked id and of a digest in bytes. */
  public static final int ID_SIZE = Sha256.SIZE;

  /** The digest of the empty set. */
  public static final Bytes START = Bytes.of(new byte[Sha256.SIZE]);

  private static final Bytes LABEL = Bytes.utf8("talos:revocation-chain:v1\n");

  private RevocationChain() {}

  /** The digest after {@code id} was added to a set with the digest {@code before}. */
  public static Bytes next(Bytes before, Bytes id) {
    Check.that(before.size() == Sha256.SIZE, "a digest is a SHA-256");
    Check.that(id.size() == ID_SIZE, "a revoked id has 32 bytes");
    return Sha256.of(LABEL, before, id);
  }
}
