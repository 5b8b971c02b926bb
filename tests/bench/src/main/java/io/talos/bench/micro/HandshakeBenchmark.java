package io.talos.bench.micro;

import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.channel.Suite;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A new channel in memory, both ends: Alice checks Bob's bundle and opens, Bob checks her message
 * and accepts. No one-time prekey of X25519; nothing stored.
 */
@State(Scope.Benchmark)
public class HandshakeBenchmark {
  private static final SpokenSuites WITHOUT_KEM = SpokenSuites.of(Suite.TALOS_X3DH_2);

  private final Samples.Pair pair = Samples.pair();

  /** With ML-KEM-768. */
  @Benchmark
  public Object pqxdh() {
    return pair.channel(SpokenSuites.ALL);
  }

  /** Without it. */
  @Benchmark
  public Object x3dh() {
    return pair.channel(WITHOUT_KEM);
  }
}
