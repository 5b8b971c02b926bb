package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.port.AgentDirectory;
import io.talos.policy.ops.PolicySettings;
import io.talos.policy.rights.CapabilityCheck;
import io.talos.policy.rights.VerifiedTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The node's one capability check and what it remembers. An issuer signs with the key that its DID
 * is, or with the one that the agent directory names now; a retired key is among the revoked.
 */
@ApplicationScoped
public class CapabilityChecks {
  private final @Nullable AgentDirectory agents;
  private final @Nullable PolicyKeys keys;
  private final @Nullable RevocationWatch revocations;
  private final @Nullable PolicySettings settings;
  private final @Nullable VerifiedTokens tokens;
  private volatile @Nullable Current current;

  private record Current(Set<Did> issuers, CapabilityVerifier verifier, CapabilityCheck check) {}

  /** For the container's proxy only. */
  protected CapabilityChecks() {
    agents = null;
    keys = null;
    revocations = null;
    settings = null;
    tokens = null;
  }

  @Inject
  CapabilityChecks(
      AgentDirectory agents,
      PolicyKeys keys,
      RevocationWatch revocations,
      PolicySettings settings,
      Randomness randomness) {
    this.agents = agents;
    this.keys = keys;
    this.revocations = revocations;
    this.settings = settings;
    this.tokens = new VerifiedTokens(randomness);
  }

  /** The check that requests are decided by. */
  public CapabilityCheck check() {
    return current().check();
  }

  /** The verifier inside it: our audience, our issuers, the keys that the directory knows. */
  public CapabilityVerifier verifier() {
    return current().verifier();
  }

  /** Forgets what has expired. */
  public void sweep(Instant now) {
    own(tokens).sweep(now);
  }

  private Current current() {
    Set<Did> issuers = Set.of(own(keys).issuerDid());
    Current now = current;
    if (now == null || !now.issuers().equals(issuers)) {
      CapabilityVerifier verifier =
          new CapabilityVerifier(issuers, own(settings).audience(), this::maySign);
      now =
          new Current(
              issuers,
              verifier,
              new CapabilityCheck(verifier, own(revocations).revoked(), own(tokens)));
      current = now;
    }
    return now;
  }

  private boolean maySign(Did issuer, Bytes key) {
    return own(agents)
        .find(issuer.text())
        .filter(agent -> agent.active() && agent.currentKey().equals(key))
        .isPresent();
  }

  private static <T> T own(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    return part;
  }
}
