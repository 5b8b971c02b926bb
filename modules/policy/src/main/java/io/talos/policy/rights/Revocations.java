package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.revocation.RevocationChain;
import java.util.List;

/** Where revocations are kept: the truth. Revoked ids are numbered by epochs without a gap. */
public interface Revocations {
  /** The newest revocation. */
  Head head();

  /** The next ids in order, at most {@code max}, and what is known of the one before. */
  Page after(long epoch, int max);

  /** Whether one of these ids is revoked, as the truth knows it now. */
  boolean containsAnyOf(List<Bytes> ids);

  /**
   * How far the set goes.
   *
   * @param epoch number of the newest revocation, 0 before the first
   * @param chain digest over all ids up to it
   */
  record Head(long epoch, Bytes chain) {
    /** The empty set. */
    public static final Head EMPTY = new Head(0, RevocationChain.START);
  }

  /**
   * Some ids in the order of their epochs.
   *
   * @param chainBefore digest up to the epoch that was asked for; no bytes when there is none with
   *     that number
   * @param ids 32 bytes each, one after the other
   * @param chain digest up to the last id here
   */
  record Page(Bytes chainBefore, Bytes ids, Bytes chain) {
    /** Whole ids only. */
    public Page {
      Check.that(ids.size() % RevocationChain.ID_SIZE == 0, "a page holds whole ids");
    }

    /** How many ids. */
    public int size() {
      return ids.size() / RevocationChain.ID_SIZE;
    }
  }
}
