package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Signatures over 256 bytes. */
@State(Scope.Benchmark)
public class Ed25519Benchmark {
  private static final int MESSAGE_BYTES = 256;

  private final Ed25519.KeyPair alice = Ed25519.generate(Randomness.secure());
  private final Bytes message = Randomness.secure().bytes(MESSAGE_BYTES);
  private final Bytes signature = alice.sign(message);

  /** Signs. */
  @Benchmark
  public Bytes sign() {
    return alice.sign(message);
  }

  /** Verifies a genuine signature. */
  @Benchmark
  public boolean verify() {
    return Outcome.held(Ed25519.verify(alice.publicKey(), message, signature));
  }
}
