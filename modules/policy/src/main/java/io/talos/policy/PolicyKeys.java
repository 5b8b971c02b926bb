package io.talos.policy;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.port.SecretVault;
import io.talos.policy.limits.TrafficKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * The keys of this module, the same on every node: the root issuer's and those of the limiter.
 *
 * <p>They are loaded once at start-up, in a transaction of the vault's own: a key that was made in
 * a request's transaction could be used and then rolled back.
 */
@ApplicationScoped
public class PolicyKeys {
  private static final String ISSUER = "policy/issuer";
  private static final String TRAFFIC = "policy/traffic";
  private static final int TRAFFIC_SECRET_BYTES = 32;

  private final @Nullable SecretVault vault;
  private final @Nullable Randomness randomness;
  private volatile @Nullable Loaded loaded;

  private record Loaded(Ed25519.KeyPair issuer, TrafficKeys traffic) {}

  /** For the container's proxy only. */
  protected PolicyKeys() {
    vault = null;
    randomness = null;
  }

  @Inject
  PolicyKeys(SecretVault vault, Randomness randomness) {
    this.vault = vault;
    this.randomness = randomness;
  }

  /** Loads the keys, or makes them on the very first start. */
  public void load() {
    if (vault == null || randomness == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    SecretBytes seed = vault.findOrCreate(ISSUER, () -> fresh(randomness, Ed25519.SEED_SIZE));
    try (SecretBytes secret =
        vault.findOrCreate(TRAFFIC, () -> fresh(randomness, TRAFFIC_SECRET_BYTES))) {
      loaded = new Loaded(Ed25519.fromSeed(seed), TrafficKeys.derive(secret));
    }
  }

  private static SecretBytes fresh(Randomness randomness, int size) {
    return SecretBytes.of(randomness.bytes(size).toArray());
  }

  /** The key that signs root grants. */
  public Ed25519.KeyPair issuer() {
    return keys().issuer();
  }

  /** The root issuer's DID: what every verifier of our capabilities must trust. */
  public Did issuerDid() {
    return Did.ofKey(issuer().publicKey());
  }

  /** The keys of the limiter. */
  public TrafficKeys traffic() {
    return keys().traffic();
  }

  private Loaded keys() {
    Loaded keys = loaded;
    if (keys == null) {
      throw new IllegalStateException("the keys are loaded at start-up");
    }
    return keys;
  }
}
