package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.revocation.RevocationChain;
import io.talos.policy.rights.Revocations;
import java.util.List;
import java.util.SplittableRandom;

/** A truth of as many revoked ids as one likes, made up as they are read. */
final class RevokedSample implements Revocations {
  private final long size;
  private final List<Bytes> first;

  /** These ids first, then others up to {@code size}. */
  RevokedSample(long size, List<Bytes> first) {
    this.size = size;
    this.first = List.copyOf(first);
  }

  @Override
  public Head head() {
    return new Head(size, RevocationChain.START);
  }

  @Override
  public Page after(long epoch, int max) {
    int count = (int) Math.min(max, size - epoch);
    byte[] ids = new byte[count * RevocationChain.ID_SIZE];
    new SplittableRandom(epoch).nextBytes(ids);
    for (int i = 0; i < count && epoch + i < first.size(); i++) {
      byte[] id = first.get((int) epoch + i).toArray();
      System.arraycopy(id, 0, ids, i * RevocationChain.ID_SIZE, RevocationChain.ID_SIZE);
    }
    return new Page(RevocationChain.START, Bytes.of(ids), RevocationChain.START);
  }

  @Override
  public boolean containsAnyOf(List<Bytes> ids) {
    return ids.stream().anyMatch(first::contains);
  }
}
