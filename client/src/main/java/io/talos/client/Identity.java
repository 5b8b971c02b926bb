package io.talos.client;

import io.talos.contracts.channel.ChannelIdentity;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import java.time.Duration;
import java.time.Instant;

/**
 * Who an agent is: its signing key, its key-agreement key, and the private halves of its prekeys.
 * It never leaves the client.
 *
 * @param signing the Ed25519 key pair that the DID is made of
 * @param prekeys the key-agreement key and the prekeys
 */
public record Identity(Ed25519.KeyPair signing, Prekeys prekeys) {
  /** How long a signed prekey is good for. */
  public static final Duration SIGNED_PREKEY_LIFETIME = Duration.ofDays(7);

  /** The keys belong to one agent. */
  public Identity {
    io.talos.contracts.Check.that(
        prekeys.identity().did().equals(Did.ofKey(signing.publicKey()).text()),
        "all keys are the same agent's");
  }

  /** A new identity without prekeys. */
  public static Identity generate(Randomness randomness) {
    Ed25519.KeyPair signing = Ed25519.generate(randomness);
    return new Identity(signing, Prekeys.none(ChannelIdentity.generate(signing, randomness)));
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
    return new Identity(signing, other);
  }

  /**
   * The same agent with a fresh signed prekey and {@code oneTime} fresh one-time prekeys; prekeys
   * that nobody is answered to any more are dropped.
   */
  public Identity withFreshPrekeys(int oneTime, Randomness randomness, Instant now) {
    String batch = randomness.bytes(8).hex();
    Prekeys fresh =
        prekeys
            .withoutExpired(now)
            .withSigned(signing, "s-" + batch, now.plus(SIGNED_PREKEY_LIFETIME), randomness);
    for (int i = 0; i < oneTime; i++) {
      fresh = fresh.withOneTime("o-" + batch + "-" + i, randomness);
    }
    return with(fresh);
  }

  /** The DID only. */
  @Override
  public String toString() {
    return "Identity[" + did() + "]";
  }
}
