package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.revocation.RevocationChain;
import io.talos.policy.rights.RevokedIds;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The revoked set of one node: are the two ids of a link in it? Ids are random, so nearly every
 * look-up in a large set misses the processor's caches, as it does in life.
 */
@State(Scope.Benchmark)
public class RevokedSetBenchmark {
  private static final int ASKED = 1 << 12;

  /** How many ids are revoked. */
  @Param({"1000", "10000000"})
  public int size = 1000;

  private List<List<Bytes>> asked = List.of();
  private RevokedIds revoked = new RevokedIds(new RevokedSample(0, List.of()), Randomness.secure());
  private int turn;

  /** Reads the whole set. */
  @Setup(Level.Trial)
  public void read() {
    revoked = load(size);
    Outcome.held(revoked.size() == size);
    asked = Stream.generate(() -> List.of(id(), id())).limit(ASKED).toList();
  }

  /** A set of random ids, read from a truth that makes them up. */
  public static RevokedIds load(int size) {
    RevokedIds fresh = new RevokedIds(new RevokedSample(size, List.of()), Randomness.secure());
    fresh.catchUp(0);
    return fresh;
  }

  private static Bytes id() {
    return Randomness.secure().bytes(RevocationChain.ID_SIZE);
  }

  /** Asks for two ids that are not revoked. */
  @Benchmark
  public boolean isNotRevoked() {
    turn = (turn + 1) & (ASKED - 1);
    return Outcome.held(!revoked.containsAnyOf(asked.get(turn)));
  }
}
