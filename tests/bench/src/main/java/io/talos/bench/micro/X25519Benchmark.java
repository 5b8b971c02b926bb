package io.talos.bench.micro;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Key agreement. */
@State(Scope.Benchmark)
public class X25519Benchmark {
  private final X25519.KeyPair alice = X25519.generate(Randomness.secure());
  private final X25519.KeyPair bob = X25519.generate(Randomness.secure());

  /** Draws a key pair. */
  @Benchmark
  public X25519.KeyPair generate() {
    return X25519.generate(Randomness.secure());
  }

  /** Agrees with a known key. */
  @Benchmark
  public SecretBytes agree() {
    return X25519.agree(alice.privateKey(), bob.publicKey());
  }
}
