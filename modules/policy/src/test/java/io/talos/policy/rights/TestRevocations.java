package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.revocation.RevocationChain;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Revocations in memory, numbered and chained like those in Postgres; counts its questions. */
public final class TestRevocations implements Revocations {
  private final List<Bytes> ids = new ArrayList<>();
  private final List<Bytes> chains = new ArrayList<>(List.of(RevocationChain.START));
  private final Set<Bytes> known = new LinkedHashSet<>();
  private int idsRead;
  private int confirmations;

  /** A truth that holds these ids. */
  public static TestRevocations of(Bytes... revoked) {
    TestRevocations truth = new TestRevocations();
    for (Bytes id : revoked) {
      truth.add(id);
    }
    return truth;
  }

  /** Revokes one more. */
  public synchronized void add(Bytes id) {
    ids.add(id);
    known.add(id);
    chains.add(RevocationChain.next(chains.get(chains.size() - 1), id));
  }

  @Override
  public synchronized Head head() {
    return new Head(ids.size(), chains.get(ids.size()));
  }

  @Override
  public synchronized Page after(long epoch, int max) {
    if (epoch > ids.size()) {
      return new Page(Bytes.empty(), Bytes.empty(), Bytes.empty());
    }
    int to = (int) Math.min(ids.size(), epoch + max);
    List<Bytes> page = ids.subList((int) epoch, to);
    idsRead += page.size();
    return new Page(
        chains.get((int) epoch), Bytes.empty().concat(page.toArray(new Bytes[0])), chains.get(to));
  }

  @Override
  public synchronized boolean containsAnyOf(List<Bytes> asked) {
    confirmations++;
    return asked.stream().anyMatch(known::contains);
  }

  synchronized int idsRead() {
    return idsRead;
  }

  synchronized int confirmations() {
    return confirmations;
  }
}
