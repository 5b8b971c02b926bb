package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.channel.ChannelIdentity;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Who an agent is: its signing key, its key-agreement key, the private halves of its prekeys, and
 * the history by which the signing key speaks for the DID. It never leaves the client.
 *
 * @param signing the Ed25519 key pair that speaks for the agent now
 * @param prekeys the key-agreement key and the prekeys
 * @param history the agent's key history up to {@code signing}
 */
public record Identity(Ed25519.KeyPair signing, Prekeys prekeys, KeyHistory history) {
  /** How long a signed prekey is good for. */
  public static final Duration SIGNED_PREKEY_LIFETIME = Duration.ofDays(7);

  /** The keys belong to one agent, and the signing key speaks for it. */
  public Identity {
    Check.that(
        prekeys.identity().did().equals(history.did().text()), "all keys are the same agent's");
    Check.that(
        prekeys.identity().signingKey().equals(signing.publicKey()),
        "the signing key certified the key-agreement key");
    Check.that(
        history.currentKey().equals(signing.publicKey()) && !history.isRevoked(),
        "the signing key speaks for the agent");
  }

  /** An identity whose DID is its signing key. */
  public Identity(Ed25519.KeyPair signing, Prekeys prekeys) {
    this(signing, prekeys, KeyHistory.of(Did.ofKey(signing.publicKey())));
  }

  /** A new identity without prekeys. */
  public static Identity generate(Randomness randomness) {
    Ed25519.KeyPair signing = Ed25519.generate(randomness);
    return new Identity(signing, Prekeys.none(ChannelIdentity.generate(signing, randomness)));
  }

  /**
   * The same identity with the beginning of its key history.
   *
   * @param recoveryKey public half of a key that is kept elsewhere; whoever holds the private half
   *     can take the identity back from a thief
   */
  public Identity begun(Optional<Bytes> recoveryKey, Instant now) {
    return new Identity(signing, prekeys, history.with(history.begin(signing, recoveryKey, now)));
  }

  /**
   * The same agent with a fresh signing key and without prekeys. Nobody knows of it until {@link
   * TalosClient#bring} brought it to the server, so keep it before and bring it then.
   */
  public Identity rotated(Randomness randomness, Instant now) {
    Ed25519.KeyPair next = Ed25519.generate(randomness);
    KeyHistory begun =
        history.statements().isEmpty()
            ? history.with(history.begin(signing, Optional.empty(), now))
            : history;
    KeyHistory rotated = begun.with(begun.rotate(signing, next, now));
    return of(rotated, next, channel().pair());
  }

  /**
   * The agent of {@code history}, taken back with its recovery key, with fresh keys throughout.
   *
   * @param nextRecoveryKey public half of the recovery key that is promised from then on
   */
  public static Identity recovered(
      KeyHistory history,
      Ed25519.KeyPair recovery,
      Optional<Bytes> nextRecoveryKey,
      Randomness randomness,
      Instant now) {
    Ed25519.KeyPair next = Ed25519.generate(randomness);
    KeyStatement statement = history.recover(recovery, next, nextRecoveryKey, now);
    return of(history.with(statement), next, X25519.generate(randomness));
  }

  /** The agent of {@code history}, for which {@code signing} speaks. */
  public static Identity of(KeyHistory history, Ed25519.KeyPair signing, X25519.KeyPair channel) {
    return new Identity(
        signing, Prekeys.none(ChannelIdentity.of(history.did(), signing, channel)), history);
  }

  /** The agent's DID. */
  public String did() {
    return prekeys.identity().did();
  }

  /** The certified key-agreement key with its private half. */
  public ChannelIdentity channel() {
    return prekeys.identity();
  }

  /** The same agent with other prekeys, after some were made or used up. */
  public Identity with(Prekeys other) {
    return new Identity(signing, other, history);
  }

  /**
   * The same agent with a fresh signed prekey, a fresh KEM prekey of last resort and {@code
   * oneTime} fresh one-time prekeys of either kind; prekeys that nobody is answered to any more are
   * dropped.
   */
  public Identity withFreshPrekeys(int oneTime, Randomness randomness, Instant now) {
    String batch = randomness.bytes(8).hex();
    Instant end = now.plus(SIGNED_PREKEY_LIFETIME);
    Prekeys fresh =
        prekeys
            .withoutExpired(now)
            .withSigned(signing, "s-" + batch, end, SpokenSuites.ALL, randomness)
            .withKem(signing, "l-" + batch, KemPrekey.Kind.LAST_RESORT, end, randomness);
    for (int i = 0; i < oneTime; i++) {
      fresh =
          fresh
              .withOneTime("o-" + batch + "-" + i, randomness)
              .withKem(signing, "k-" + batch + "-" + i, KemPrekey.Kind.ONE_TIME, end, randomness);
    }
    return with(fresh);
  }

  /** The DID only. */
  @Override
  public String toString() {
    return "Identity[" + did() + "]";
  }
}
