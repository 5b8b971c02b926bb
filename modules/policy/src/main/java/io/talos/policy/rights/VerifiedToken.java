package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Capability;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.policy.rights.Revocations.Head;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A capability whose signatures were found good, and what every use of it needs, worked out. */
final class VerifiedToken {
  private final String header;
  private final Capability capability;
  private final long[] fingerprints;

  /** By what the node knew when nothing here was revoked; nothing new, nothing to look up. */
  private @Nullable Head cleanAt;

  private final Optional<CapabilityGrant> call;
  private final Optional<CapabilityGrant> session;

  VerifiedToken(String header, Capability capability, RevokedIds revoked) {
    this.header = header;
    this.capability = capability;
    this.fingerprints =
        capability.revocationIds().stream().mapToLong(revoked::fingerprint).toArray();
    this.call = Optional.of(grant(capability, CapabilityCheck.allowances(capability)));
    this.session = Optional.of(grant(capability, List.of()));
  }

  private static CapabilityGrant grant(Capability capability, List<Allowance> allowances) {
    return new CapabilityGrant(capability.hash(), capability.revocationIds(), allowances);
  }

  /** The text that was verified. */
  String header() {
    return header;
  }

  Capability capability() {
    return capability;
  }

  /** What a call spends. */
  Optional<CapabilityGrant> call() {
    return call;
  }

  /** A message that only opens, keeps or ends a session spends nothing. */
  Optional<CapabilityGrant> session() {
    return session;
  }

  /** Whether a link, or a key that signed one, is revoked. */
  @SuppressWarnings("ReferenceEquality") // the same head, not an equal one, was looked at before
  boolean isRevoked(RevokedIds revoked) {
    Head known = revoked.known();
    if (known.equals(cleanAt)) {
      return false;
    }
    List<Bytes> ids = capability.revocationIds();
    for (int i = 0; i < fingerprints.length; i++) {
      if (revoked.contains(fingerprints[i], ids.get(i))) {
        return true;
      }
    }
    cleanAt = known;
    return false;
  }

  /** When the last link ends, and with it every use of this. */
  Instant expiresAt() {
    return capability.terms().expiresAt();
  }
}
