package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Randomness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Authenticated encryption of 1 KiB with 64 bytes of associated data, under a fresh nonce each. */
@State(Scope.Benchmark)
public class AeadBenchmark {
  private static final int PLAINTEXT_BYTES = 1024;
  private static final int ASSOCIATED_BYTES = 64;
  private static final Bytes NONCE_PREFIX = Bytes.of(new byte[Aead.NONCE_SIZE - Long.BYTES]);

  private final SecretBytes key =
      SecretBytes.of(Randomness.secure().bytes(Aead.KEY_SIZE).toArray());
  private final Bytes plaintext = Randomness.secure().bytes(PLAINTEXT_BYTES);
  private final Bytes associated = Randomness.secure().bytes(ASSOCIATED_BYTES);
  private Bytes sealed = Bytes.empty();
  private long counter;

  /** The algorithm. */
  @Param public Aead algorithm = Aead.AES_256_GCM;

  /** Seals what {@link #open} opens. */
  @Setup(Level.Trial)
  public void prepare() {
    sealed = algorithm.seal(key, nonce(-1), associated, plaintext);
  }

  /** Seals. */
  @Benchmark
  public Bytes seal() {
    return algorithm.seal(key, nonce(counter++), associated, plaintext);
  }

  /** Opens. */
  @Benchmark
  public Bytes open() {
    return algorithm.open(key, nonce(-1), associated, sealed);
  }

  private static Bytes nonce(long number) {
    return NONCE_PREFIX.concat(
        Bytes.of(java.nio.ByteBuffer.allocate(Long.BYTES).putLong(number).array()));
  }
}
