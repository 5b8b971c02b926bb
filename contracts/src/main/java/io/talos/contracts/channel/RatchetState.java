package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.TalosException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One side of a channel between two messages. Immutable: sending and receiving return the next
 * state. It never leaves the client in the clear.
 *
 * <p>Save the next state before a message that was made with it leaves: a state that is used twice
 * for sending uses a key twice.
 *
 * @param suite how keys are derived
 * @param context authenticated with every message, 32 bytes; empty in suite {@code talos-1x}
 * @param rootKey from which the next chains come, 32 bytes
 * @param ownKey this side's ratchet key
 * @param remoteKey the other side's ratchet key
 * @param sendingChain key of the sending chain; none until this side turns the ratchet
 * @param receivingChain key of the receiving chain; none until the other side has sent
 * @param sent messages sent in the sending chain, or in the last one while there is none
 * @param received messages received or skipped in the receiving chain
 * @param previousSent messages sent in the sending chain before
 * @param opened messages opened since the channel began; what skipped keys age by
 * @param skipped keys of messages that may still arrive
 */
public record RatchetState(
    Suite suite,
    Bytes context,
    SecretBytes rootKey,
    X25519.KeyPair ownKey,
    Bytes remoteKey,
    Optional<SecretBytes> sendingChain,
    Optional<SecretBytes> receivingChain,
    int sent,
    int received,
    int previousSent,
    long opened,
    SkippedKeys skipped) {
  private static final int KEY_SIZE = 32;

  /** Checks sizes and counters. */
  public RatchetState {
    Check.that(
        context.size() == (suite == Suite.TALOS_1X ? 0 : Sha256.SIZE),
        "the context is the suite's");
    Check.that(rootKey.size() == KEY_SIZE, "a root key has 32 bytes");
    Check.that(remoteKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
    Check.that(sendingChain.isPresent() || receivingChain.isPresent(), "there is a chain");
    Check.that(sizeOf(sendingChain) && sizeOf(receivingChain), "a chain key has 32 bytes");
    // One more than the largest number: the counter after the chain's last message.
    int most = Limits.MESSAGE_NUMBER_MAX + 1;
    Check.that(
        sent >= 0 && received >= 0 && previousSent >= 0 && opened >= 0, "no counter is negative");
    Check.atMost(Math.max(sent, Math.max(received, previousSent)), most, "a counter");
  }

  private static boolean sizeOf(Optional<SecretBytes> key) {
    return key.map(SecretBytes::size).orElse(KEY_SIZE) == KEY_SIZE;
  }

  /** These bytes are as secret as the channel: seal them before they are stored. */
  public SecretBytes encode() {
    return RatchetStateFormat.encode(this);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws TalosException {@code ENCODING_INVALID} on anything else
   */
  public static RatchetState decode(SecretBytes encoded) {
    return RatchetStateFormat.decode(encoded);
  }

  RatchetState withSending(SecretBytes root, X25519.KeyPair own, SecretBytes chain, int previous) {
    return new RatchetState(
        suite,
        context,
        root,
        own,
        remoteKey,
        Optional.of(chain),
        receivingChain,
        0,
        received,
        previous,
        opened,
        skipped);
  }

  RatchetState afterSending(SecretBytes chain) {
    return new RatchetState(
        suite,
        context,
        rootKey,
        ownKey,
        remoteKey,
        Optional.of(chain),
        receivingChain,
        sent + 1,
        received,
        previousSent,
        opened,
        skipped);
  }

  RatchetState withReceiving(SecretBytes root, Bytes remote, SecretBytes chain) {
    return new RatchetState(
        suite,
        context,
        root,
        ownKey,
        remote,
        Optional.empty(),
        Optional.of(chain),
        sent,
        0,
        previousSent,
        opened,
        skipped);
  }

  /** Further in the receiving chain, with what was skipped on the way. */
  RatchetState advanced(SecretBytes chain, int count, SkippedKeys keys) {
    return received(Optional.of(chain), count, opened, keys);
  }

  /** The message before {@code count} was opened. */
  RatchetState afterOpening(SecretBytes chain, int count) {
    return received(Optional.of(chain), count, opened + 1, skipped.agedAt(opened + 1));
  }

  /** A late message was opened with one of the skipped keys. */
  RatchetState afterOpeningLate(SkippedKeys keys) {
    return received(receivingChain, received, opened + 1, keys.agedAt(opened + 1));
  }

  private RatchetState received(
      Optional<SecretBytes> chain, int count, long openedThen, SkippedKeys keys) {
    return new RatchetState(
        suite,
        context,
        rootKey,
        ownKey,
        remoteKey,
        sendingChain,
        chain,
        sent,
        count,
        previousSent,
        openedThen,
        keys);
  }

  /**
   * Wipes the keys that {@code next} does not hold any more. Call it once {@code next} is saved;
   * this state is of no use then.
   */
  public void retire(RatchetState next) {
    Set<SecretBytes> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    next.secrets().forEach(kept::add);
    secrets().filter(own -> !kept.contains(own)).forEach(SecretBytes::close);
  }

  private Stream<SecretBytes> secrets() {
    return Stream.of(
            Stream.of(rootKey, ownKey.privateKey()),
            sendingChain.stream(),
            receivingChain.stream(),
            skipped.all().stream().map(SkippedKeys.Skipped::messageKey))
        .flatMap(Function.identity());
  }
}
