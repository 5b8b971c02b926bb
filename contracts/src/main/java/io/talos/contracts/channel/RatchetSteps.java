package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.SkippedKeys.Place;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The moves of the Double Ratchet, the same for every suite. Pure: nothing is decided until the
 * caller has opened the message and keeps the new state.
 *
 * <p>A side makes its new ratchet key when it next sends, not when it receives, so that receiving
 * needs no randomness; the keys are the same.
 *
 * <p>Source: The Double Ratchet Algorithm, revision 1, §3.3 to §3.5.
 */
final class RatchetSteps {
  private RatchetSteps() {}

  /** What is to be sent with which key, and the state after it. */
  record Sending(RatchetState next, RatchetHeader header, SecretBytes messageKey) {}

  /**
   * The key that should open a message, and the state if it does.
   *
   * @param isKept whether the key was skipped before, so that the state still holds it
   */
  record Receiving(RatchetState next, SecretBytes messageKey, boolean isKept) {}

  /** The side that knows the other's first ratchet key and sends first. */
  static RatchetState initiator(
      Suite suite, Bytes context, SecretBytes rootKey, X25519.KeyPair own, Bytes remote) {
    Halves keys = turn(suite, rootKey, own, remote);
    return new RatchetState(
        suite,
        context,
        keys.first(),
        own,
        remote,
        Optional.of(keys.second()),
        Optional.empty(),
        0,
        0,
        0,
        0,
        SkippedKeys.none());
  }

  /** The other side, once it knows the initiator's first ratchet key. */
  static RatchetState responder(
      Suite suite, Bytes context, SecretBytes rootKey, X25519.KeyPair own, Bytes remote) {
    Halves keys = turn(suite, rootKey, own, remote);
    return new RatchetState(
        suite,
        context,
        keys.first(),
        // A signed prekey serves other channels too; this one wipes a copy.
        own.copy(),
        remote,
        Optional.empty(),
        Optional.of(keys.second()),
        0,
        0,
        0,
        0,
        SkippedKeys.none());
  }

  static Sending send(RatchetState state, Randomness randomness) {
    RatchetState ready = state.sendingChain().isPresent() ? state : startSending(state, randomness);
    if (ready.sent() > Limits.MESSAGE_NUMBER_MAX) {
      throw new TalosException(ErrorCode.RATCHET_MAX_SKIP_EXCEEDED, "the sending chain is full");
    }
    KeySchedule schedule = KeySchedule.of(state.suite());
    SecretBytes chain = ready.sendingChain().orElseThrow();
    return new Sending(
        ready.afterSending(schedule.nextChainKey(chain)),
        new RatchetHeader(ready.ownKey().publicKey(), ready.previousSent(), ready.sent()),
        schedule.messageKey(chain));
  }

  private static RatchetState startSending(RatchetState state, Randomness randomness) {
    X25519.KeyPair own = X25519.generate(randomness);
    Halves keys = turn(state.suite(), state.rootKey(), own, state.remoteKey());
    return state.withSending(keys.first(), own, keys.second(), state.sent());
  }

  static Receiving receive(RatchetState state, RatchetHeader header) {
    boolean sameChain =
        state.receivingChain().isPresent() && state.remoteKey().equals(header.ratchetKey());
    if (!sameChain || header.number() < state.received()) {
      Place place = new Place(header.ratchetKey(), header.number());
      Optional<SecretBytes> skipped = state.skipped().find(place);
      if (skipped.isPresent()) {
        return new Receiving(
            state.afterOpeningLate(state.skipped().without(place)), skipped.orElseThrow(), true);
      }
    }
    RatchetState turned = sameChain ? state : startReceiving(state, header);
    if (header.number() < turned.received()) {
      throw new TalosException(ErrorCode.RATCHET_AUTH_FAILED, "this message was received before");
    }
    RatchetState reached = skip(turned, header.number());
    KeySchedule schedule = KeySchedule.of(state.suite());
    SecretBytes chain = reached.receivingChain().orElseThrow();
    return new Receiving(
        reached.afterOpening(schedule.nextChainKey(chain), header.number() + 1),
        schedule.messageKey(chain),
        false);
  }

  private static RatchetState startReceiving(RatchetState state, RatchetHeader header) {
    RatchetState ended =
        state.receivingChain().isPresent() ? skip(state, header.previousCount()) : state;
    Halves keys = turn(ended.suite(), ended.rootKey(), ended.ownKey(), header.ratchetKey());
    return ended.withReceiving(keys.first(), header.ratchetKey(), keys.second());
  }

  /** Moves the receiving chain on to {@code until}, keeping the keys it passes. */
  private static RatchetState skip(RatchetState state, int until) {
    if (until > (long) state.received() + Limits.SKIPPED_PER_CHAIN_MAX) {
      throw new TalosException(ErrorCode.RATCHET_MAX_SKIP_EXCEEDED, "Too many skipped messages");
    }
    if (until <= state.received()) {
      return state;
    }
    KeySchedule schedule = KeySchedule.of(state.suite());
    SecretBytes chain = state.receivingChain().orElseThrow();
    List<SecretBytes> passed = new ArrayList<>(until - state.received());
    for (int number = state.received(); number < until; number++) {
      passed.add(schedule.messageKey(chain));
      SecretBytes next = schedule.nextChainKey(chain);
      if (number > state.received()) {
        chain.close();
      }
      chain = next;
    }
    return state.advanced(
        chain,
        until,
        state.skipped().with(state.remoteKey(), state.received(), state.opened(), passed));
  }

  private static Halves turn(Suite suite, SecretBytes rootKey, X25519.KeyPair own, Bytes remote) {
    try (SecretBytes agreement = X25519.agree(own.privateKey(), remote)) {
      return KeySchedule.of(suite).root(rootKey, agreement);
    }
  }
}
