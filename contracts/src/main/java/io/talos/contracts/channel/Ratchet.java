package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Hkdf;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;

/**
 * The Double Ratchet of suites {@code talos-pqxdh-2} and {@code talos-x3dh-2}: every message has a
 * key of its own, a state that leaks reads neither what came before nor what follows the next
 * exchange of keys.
 *
 * <pre>
 * KDF_RK(rk, dh) = HKDF-SHA256(salt: rk, ikm: dh, info: "talos:ratchet-2:root:v1", 64 bytes)
 *                  = next root key (32) || chain key (32)
 * message key    = HMAC-SHA256(ck, "talos:ratchet-2:message:v1")
 * next chain key = HMAC-SHA256(ck, "talos:ratchet-2:chain:v1")
 * key || nonce   = HKDF-Expand(message key, "talos:ratchet-2:aead:v2", 44 bytes), 32 and 12 bytes
 * ciphertext     = AES-256-GCM(key, nonce, padded plaintext), 16-byte tag appended,
 *                  associated data: "talos:ratchet-2:message-data:v1" LF || context || header
 * </pre>
 *
 * <p>The header is {@link RatchetHeader}'s, the context is {@link X3dh}'s, the padding hides all
 * but the bucket of the length ({@link Padding}). A message key serves one message, so the derived
 * nonce never meets its key twice.
 *
 * <p>A side draws its next ratchet key, 32 bytes, when it first sends after a message with a new
 * ratchet key of the other side. At most {@value Limits#SKIPPED_PER_CHAIN_MAX} messages are skipped
 * at once, at most {@value Limits#SKIPPED_MAX} skipped keys are kept, each until {@value
 * Limits#SKIPPED_AGE_MAX} further messages were opened.
 *
 * <p>Source: The Double Ratchet Algorithm, revision 1, §3.3 to §3.5, §5.2; RFC 5869 §2 and §3.3;
 * NIST SP 800-38D §8.3.
 */
public final class Ratchet {
  private static final Bytes AEAD_LABEL = Bytes.utf8("talos:ratchet-2:aead:v2");
  private static final Bytes DATA_LABEL = Bytes.utf8("talos:ratchet-2:message-data:v1\n");

  private Ratchet() {}

  /** A message, and the state to save before it leaves. */
  public record Sent(RatchetState next, RatchetMessage message) {}

  /** With what a message is sealed. */
  record Sealing(SecretBytes key, Bytes nonce) {}

  /** Encrypts {@code plaintext}, at most {@value Limits#PLAINTEXT_BYTES_MAX} bytes. */
  public static Sent send(RatchetState state, Bytes plaintext, Randomness randomness) {
    requireSuite(state);
    Check.atMost(plaintext.size(), Limits.PLAINTEXT_BYTES_MAX, "the plaintext's size");
    RatchetSteps.Sending step = RatchetSteps.send(state, randomness);
    Bytes header = step.header().encode();
    try (SecretBytes messageKey = step.messageKey();
        SecretBytes padded = Padding.pad(plaintext)) {
      return new Sent(
          step.next(), new RatchetMessage(header, seal(state, messageKey, header, padded)));
    }
  }

  /** The ciphertext of what is padded already. */
  static Bytes seal(RatchetState state, SecretBytes messageKey, Bytes header, SecretBytes padded) {
    Sealing sealing = sealing(messageKey);
    try (SecretBytes key = sealing.key()) {
      return Aead.AES_256_GCM.seal(key, sealing.nonce(), data(state, header), padded);
    }
  }

  /**
   * Decrypts {@code message}. Everything is worked out on the side; only a message that
   * authenticates yields a new state.
   */
  public static Received receive(RatchetState state, RatchetMessage message) {
    requireSuite(state);
    try {
      RatchetSteps.Receiving step =
          RatchetSteps.receive(state, RatchetHeader.decode(message.header()));
      Sealing sealing = sealing(step.messageKey());
      if (!step.isKept()) {
        step.messageKey().close();
      }
      try (SecretBytes key = sealing.key();
          SecretBytes padded =
              Aead.AES_256_GCM.openSecret(
                  key, sealing.nonce(), data(state, message.header()), message.ciphertext())) {
        return new Received.Opened(step.next(), Padding.unpad(padded));
      }
    } catch (TalosException e) {
      return Received.refusal(e);
    }
  }

  private static void requireSuite(RatchetState state) {
    if (!state.suite().isOfTwo()) {
      throw new TalosException(
          ErrorCode.TALOS_PROTOCOL_MISMATCH, "the state is of suite " + state.suite());
    }
  }

  private static Bytes data(RatchetState state, Bytes header) {
    return DATA_LABEL.concat(state.context(), header);
  }

  // The message key stays as it is: while a message is only tried, its key may have to serve again.
  static Sealing sealing(SecretBytes messageKey) {
    try (SecretBytes both = Hkdf.expand(messageKey, AEAD_LABEL, Aead.KEY_SIZE + Aead.NONCE_SIZE)) {
      byte[] clear = both.reveal();
      byte[] key = Arrays.copyOf(clear, Aead.KEY_SIZE);
      try {
        return new Sealing(
            SecretBytes.of(key), Bytes.of(Arrays.copyOfRange(clear, Aead.KEY_SIZE, clear.length)));
      } finally {
        Arrays.fill(clear, (byte) 0);
        Arrays.fill(key, (byte) 0);
      }
    }
  }
}
