package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * A key from a passphrase, made slow and large on purpose: every guess costs as much as the honest
 * owner's one try.
 *
 * <p>Source: RFC 9106 §3.1 (inputs), §4 (choice of parameters).
 */
public final class Argon2id {
  /** Shortest salt in bytes (RFC 9106 §3.1 recommends 16). */
  public static final int SALT_SIZE_MIN = 16;

  /** Longest salt in bytes that is read. */
  public static final int SALT_SIZE_MAX = 64;

  private static final int OUTPUT_MAX = 64;

  private Argon2id() {}

  /**
   * What one guess costs. The bounds hold for what is read from a file too: nothing weaker than
   * what password storage asks for at least, and nothing that stops the reader's machine.
   *
   * @param memoryKibibytes 19 MiB to 1 GiB
   * @param passes 2 to 16
   * @param lanes 1 to 16, computed one after the other here
   */
  public record Cost(int memoryKibibytes, int passes, int lanes) {
    /** The least memory. */
    public static final int MEMORY_KIBIBYTES_MIN = 19 << 10;

    /** The most memory. */
    public static final int MEMORY_KIBIBYTES_MAX = 1 << 20;

    private static final int PASSES_MIN = 2;
    private static final int PASSES_MAX = 16;
    private static final int LANES_MAX = 16;

    /** Checks the bounds. */
    public Cost {
      Check.that(
          memoryKibibytes >= MEMORY_KIBIBYTES_MIN && memoryKibibytes <= MEMORY_KIBIBYTES_MAX,
          "the memory is 19 MiB to 1 GiB");
      Check.that(passes >= PASSES_MIN && passes <= PASSES_MAX, "there are 2 to 16 passes");
      Check.that(lanes >= 1 && lanes <= LANES_MAX, "there are 1 to 16 lanes");
    }

    /**
     * 64 MiB, 3 passes, 4 lanes: RFC 9106 §4's second choice. The first one needs 2 GiB, which an
     * agent in a small container does not have.
     */
    public static Cost recommended() {
      return new Cost(64 << 10, 3, 4);
    }
  }

  /**
   * The key of {@code passphrase}.
   *
   * @param salt {@value #SALT_SIZE_MIN} to {@value #SALT_SIZE_MAX} bytes, fresh for each use
   * @param size 16 to 64 bytes
   */
  public static SecretBytes derive(SecretBytes passphrase, Bytes salt, Cost cost, int size) {
    Check.that(
        salt.size() >= SALT_SIZE_MIN && salt.size() <= SALT_SIZE_MAX, "a salt has 16 to 64 bytes");
    Check.that(size >= SALT_SIZE_MIN && size <= OUTPUT_MAX, "the key has 16 to 64 bytes");
    return run(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKibibytes())
            .withIterations(cost.passes())
            .withParallelism(cost.lanes())
            .withSalt(salt.toArray())
            .build(),
        passphrase,
        size);
  }

  /** With every input that the standard knows. Talos uses a few; the rest is here to be tested. */
  static SecretBytes run(Argon2Parameters parameters, SecretBytes passphrase, int size) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] clear = passphrase.reveal();
    byte[] key = new byte[size];
    try {
      generator.generateBytes(clear, key);
      return SecretBytes.of(key);
    } finally {
      Arrays.fill(clear, (byte) 0);
      Arrays.fill(key, (byte) 0);
    }
  }
}
