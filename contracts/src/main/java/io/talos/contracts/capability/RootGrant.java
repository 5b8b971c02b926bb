package io.talos.contracts.capability;

import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What an authority is about to grant; {@link #signedBy} makes the root link of it.
 *
 * @param subject who gets it
 * @param audience the server that it is meant for
 * @param rights what it gives, for at most {@link Limits#LIFETIME_MAX} after it is signed
 */
public record RootGrant(Did subject, String audience, Rights rights) {

  /** A grant without conditions that may not be passed on. */
  public static RootGrant of(Did subject, String audience, List<Scope> scope, Instant expiresAt) {
    return new RootGrant(subject, audience, Rights.of(scope, expiresAt));
  }

  private RootGrant with(Rights other) {
    return new RootGrant(subject, audience, other);
  }

  /** The same grant that may be passed on {@code depth} times. */
  public RootGrant withDelegationDepth(int depth) {
    return with(rights.withDelegationDepth(depth));
  }

  /** The same grant for at most {@code limit} calls. */
  public RootGrant withCalls(long limit) {
    return with(rights.withCalls(OptionalLong.of(limit)));
  }

  /** The same grant for calls that cost at most {@code limit} together. */
  public RootGrant withSpendMicroUsd(long limit) {
    return with(rights.withSpendMicroUsd(OptionalLong.of(limit)));
  }

  /** The same grant that starts later. */
  public RootGrant startingAt(Instant start) {
    return with(rights.startingAt(start));
  }

  /** The same grant for use from these networks only. */
  public RootGrant withSources(List<SourceNetwork> networks) {
    return with(rights.withSources(networks));
  }

  /** The same grant under exactly these constraints. */
  public RootGrant withConstraints(List<Constraint> conditions) {
    return with(rights.withConstraints(conditions));
  }

  /** A chain of one link, signed by the authority. */
  public UnverifiedCapability signedBy(Ed25519.KeyPair issuer, UuidV7 id, Instant now) {
    Check.that(
        !rights.expiresAt().isAfter(now.plus(Limits.LIFETIME_MAX)),
        "a grant lives at most a year or so");
    Terms terms =
        new Terms(
            id,
            Did.ofKey(issuer.publicKey()),
            Optional.empty(),
            subject,
            Optional.of(audience),
            now,
            rights,
            Optional.empty());
    return new UnverifiedCapability(List.of(Link.sign(terms, issuer))).readAgain();
  }
}
