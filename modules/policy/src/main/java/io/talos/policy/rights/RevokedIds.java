package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.revocation.RevocationChain;
import io.talos.policy.rights.Revocations.Head;
import io.talos.policy.rights.Revocations.Page;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The revoked ids as this node knows them: everything up to {@link #epoch()}. Only what is new is
 * read from the truth. An id that seems to be in the set is confirmed there once, so the answer is
 * exact. Thread safe; looking up takes no lock.
 *
 * <p>When the truth turns out to have another history than the one that was read (a database that
 * was restored), everything is read again.
 */
public final class RevokedIds {
  private final Revocations truth;
  private final AtomicReferenceArray<Bytes> confirmed =
      new AtomicReferenceArray<>(Limits.CONFIRMED_IDS);
  private volatile Fingerprints fingerprints;
  private volatile Head known = Head.EMPTY;

  /** Knows nothing until {@link #catchUp}. */
  public RevokedIds(Revocations truth, Randomness randomness) {
    this.truth = truth;
    this.fingerprints = Fingerprints.keyedBy(randomness);
  }

  /**
   * Up to which revocation this node has read. Whatever is looked up later knows at least these.
   */
  public long epoch() {
    return known.epoch();
  }

  /** What this node knows. */
  Head known() {
    return known;
  }

  /** How many ids are kept in memory. */
  public int size() {
    return fingerprints.size();
  }

  /** Whether one of these ids is revoked. */
  public boolean containsAnyOf(List<Bytes> ids) {
    for (int i = 0; i < ids.size(); i++) {
      if (contains(fingerprint(ids.get(i)), ids.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** What {@link #contains} finds {@code id} by; good as long as this object lives. */
  long fingerprint(Bytes id) {
    return fingerprints.of(id, 0);
  }

  /** Whether {@code id}, which has this fingerprint, is revoked. */
  boolean contains(long fingerprint, Bytes id) {
    return fingerprints.contains(fingerprint) && isConfirmed(fingerprint, id);
  }

  /** A revoked id stays revoked, so the truth is asked once for each, and forgotten ones again. */
  private boolean isConfirmed(long fingerprint, Bytes id) {
    int place = (int) (fingerprint >>> 32) & (Limits.CONFIRMED_IDS - 1);
    if (id.equals(confirmed.get(place))) {
      return true;
    }
    boolean revoked = truth.containsAnyOf(List.of(id));
    if (revoked) {
      confirmed.set(place, id);
    }
    return revoked;
  }

  /** Reads what is new, unless this node has read past {@code had} meanwhile. */
  public synchronized void catchUp(long had) {
    if (known.epoch() > had) {
      return;
    }
    Head head = truth.head();
    if (head.equals(known)) {
      return;
    }
    Optional<Head> continued =
        head.epoch() > known.epoch() ? read(fingerprints, known, head.epoch()) : Optional.empty();
    if (continued.isPresent()) {
      known = continued.get();
    } else {
      readAll(head);
    }
  }

  private void readAll(Head head) {
    Fingerprints fresh = fingerprints.emptied();
    Head reached =
        read(fresh, Head.EMPTY, head.epoch())
            .orElseThrow(() -> new IllegalStateException("the truth contradicts itself"));
    fingerprints = fresh;
    // Last, so that whoever reads an epoch finds its ids.
    known = reached;
    for (int i = 0; i < confirmed.length(); i++) {
      confirmed.set(i, null);
    }
  }

  /**
   * Adds what follows {@code from}, up to {@code epoch} at least; empty when the truth has another
   * history.
   */
  private Optional<Head> read(Fingerprints into, Head from, long epoch) {
    Head at = from;
    while (at.epoch() < epoch) {
      Page page = truth.after(at.epoch(), Limits.REVOCATIONS_PAGE);
      if (page.size() == 0 || !page.chainBefore().equals(at.chain())) {
        return Optional.empty();
      }
      for (int i = 0; i < page.size(); i++) {
        into.add(into.of(page.ids(), i * RevocationChain.ID_SIZE));
      }
      at = new Head(at.epoch() + page.size(), page.chain());
    }
    return Optional.of(at);
  }
}
