package io.talos.secrets.envelope;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Proves at start-up that this platform seals and opens as every other one does.
 *
 * <p>Source: the expected bytes were computed with the Python library cryptography 48.0.0 from the
 * key 32 × 4b and chance 00, 01, 02, …
 */
public final class KnownAnswer {
  private static final KekId KEK = new KekId("self-test");
  private static final SecretName NAME = new SecretName("self-test");
  private static final Bytes CIPHERTEXT = Hex.decode("a65bca1f1f357d364ea64b097b37766ae24eecc8c7");
  private static final Bytes WRAPPED =
      Hex.decode(
          "600a82a53e1b0dd3c458bcc1c216d82c6b1ace7325b5b66c2b6f5a4d089ff969b1b094c3b583506b641c236dd36a20db");

  private KnownAnswer() {}

  /**
   * Seals and opens once.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when an answer differs
   */
  public static void check() {
    byte[] next = {0};
    Envelope envelope =
        new Envelope(
            new TestKek(),
            target -> {
              for (int i = 0; i < target.length; i++) {
                target[i] = next[0]++;
              }
            });
    try (SecretBytes secret = SecretBytes.utf8("talos")) {
      SealedSecret sealed = envelope.seal(NAME, 1, secret);
      Check.that(sealed.ciphertext().equals(CIPHERTEXT), "the ciphertext is the known one");
      Check.that(sealed.wrappedDek().equals(WRAPPED), "the wrapped key is the known one");
      Check.that(envelope.open(sealed).equals(secret), "what was sealed opens");
    } catch (IllegalArgumentException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "AES-256-GCM gives a wrong answer here", e);
    }
  }

  private static final class TestKek implements Keks {
    @Override
    public KekId current() {
      return KEK;
    }

    @Override
    public Optional<SecretBytes> find(KekId id) {
      byte[] key = new byte[KEY_SIZE];
      Arrays.fill(key, (byte) 0x4b);
      return Optional.of(SecretBytes.of(key));
    }
  }
}
