package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Aead;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;

/**
 * The channel of suite {@code talos-1x}, byte for byte as Talos 1.x speaks it, but with the
 * receiving side of this version: a state changes only when a message authenticates, and skipped
 * keys are bounded.
 *
 * <p>What it does not give: the responder learns nothing of who opened the channel, its first
 * message can be replayed, no identity is authenticated with the messages. Use it only with an
 * agent that speaks nothing better.
 *
 * <p>The initiator's ephemeral key is its first ratchet key, the responder's signed prekey is the
 * responder's. A message is ChaCha20-Poly1305 under the message key with a random nonce and the
 * header bytes as associated data. A sender draws a new ratchet key first (32 bytes, when one is
 * due), then the nonce (12 bytes).
 *
 * <p>Source: Talos 1.x ratchet vectors; RFC 8439 §2.8.
 */
public final class OneXRatchet {
  private OneXRatchet() {}

  /** A message, and the state to save before it leaves. */
  public record Sent(RatchetState next, OneXMessage message) {}

  /**
   * Opens a channel; the first message that is sent carries all that the responder needs.
   *
   * <p>Refuses with: {@link ErrorCode#X3DH_INVALID_SIGNATURE}, {@link
   * ErrorCode#RATCHET_INVALID_DH_KEY}.
   */
  public static RatchetState open(OneXPrekeyBundle bundle, Randomness randomness) {
    bundle.requireSigned();
    X25519.KeyPair ephemeral = X25519.generate(randomness);
    return RatchetSteps.initiator(
        Suite.TALOS_1X,
        Bytes.empty(),
        initialRoot(ephemeral, bundle.signedPrekey()),
        ephemeral,
        bundle.signedPrekey());
  }

  /** Accepts the channel whose first message this is. */
  public static Received accept(X25519.KeyPair signedPrekey, OneXMessage first) {
    try {
      Bytes ephemeral = OneXDialect.parseHeader(first.header()).ratchetKey();
      RatchetState state =
          RatchetSteps.responder(
              Suite.TALOS_1X,
              Bytes.empty(),
              initialRoot(signedPrekey, ephemeral),
              signedPrekey,
              ephemeral);
      return receive(state, first);
    } catch (TalosException e) {
      return Received.refusal(e);
    }
  }

  private static SecretBytes initialRoot(X25519.KeyPair own, Bytes remote) {
    try (SecretBytes agreement = X25519.agree(own.privateKey(), remote)) {
      return OneXKeys.initialRoot(agreement);
    }
  }

  /** Encrypts {@code plaintext}. */
  public static Sent send(
      RatchetState state, OneXDialect dialect, Bytes plaintext, Randomness randomness) {
    requireSuite(state);
    RatchetSteps.Sending step = RatchetSteps.send(state, randomness);
    Bytes header = dialect.header(step.header());
    Bytes nonce = randomness.bytes(Aead.NONCE_SIZE);
    try (SecretBytes key = step.messageKey()) {
      return new Sent(
          step.next(),
          new OneXMessage(
              header, nonce, Aead.CHACHA20_POLY1305.seal(key, nonce, header, plaintext)));
    }
  }

  /** Decrypts {@code message}; only one that authenticates yields a new state. */
  public static Received receive(RatchetState state, OneXMessage message) {
    requireSuite(state);
    try {
      RatchetSteps.Receiving step =
          RatchetSteps.receive(state, OneXDialect.parseHeader(message.header()));
      // Not wiped: when this message is a forgery, the genuine one still needs its skipped key.
      return new Received.Opened(
          step.next(),
          Aead.CHACHA20_POLY1305.open(
              step.messageKey(), message.nonce(), message.header(), message.ciphertext()));
    } catch (TalosException e) {
      return Received.refusal(e);
    }
  }

  private static void requireSuite(RatchetState state) {
    if (state.suite() != Suite.TALOS_1X) {
      throw new TalosException(
          ErrorCode.TALOS_PROTOCOL_MISMATCH, "the state is of suite " + state.suite());
    }
  }
}
