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
 * @param scope what it allows
 * @param notBefore from when on
 * @param expiresAt until when, at most {@link Limits#LIFETIME_MAX} after it is signed
 * @param delegationDepth how often it may be passed on
 * @param calls how many calls it allows
 * @param constraints what arguments must be like
 */
public record RootGrant(
    Did subject,
    String audience,
    List<Scope> scope,
    Optional<Instant> notBefore,
    Instant expiresAt,
    int delegationDepth,
    OptionalLong calls,
    List<Constraint> constraints) {

  /** Copies. */
  public RootGrant {
    scope = List.copyOf(scope);
    constraints = List.copyOf(constraints);
  }

  /** A grant without conditions that may not be passed on. */
  public static RootGrant of(Did subject, String audience, List<Scope> scope, Instant expiresAt) {
    return new RootGrant(
        subject, audience, scope, Optional.empty(), expiresAt, 0, OptionalLong.empty(), List.of());
  }

  /** The same grant that may be passed on {@code depth} times. */
  public RootGrant withDelegationDepth(int depth) {
    return new RootGrant(subject, audience, scope, notBefore, expiresAt, depth, calls, constraints);
  }

  /** The same grant for at most {@code limit} calls. */
  public RootGrant withCalls(long limit) {
    return new RootGrant(
        subject,
        audience,
        scope,
        notBefore,
        expiresAt,
        delegationDepth,
        OptionalLong.of(limit),
        constraints);
  }

  /** The same grant that starts later. */
  public RootGrant startingAt(Instant start) {
    return new RootGrant(
        subject,
        audience,
        scope,
        Optional.of(start),
        expiresAt,
        delegationDepth,
        calls,
        constraints);
  }

  /** The same grant under exactly these constraints. */
  public RootGrant withConstraints(List<Constraint> conditions) {
    return new RootGrant(
        subject, audience, scope, notBefore, expiresAt, delegationDepth, calls, conditions);
  }

  /** A chain of one link, signed by the authority. */
  public UnverifiedCapability signedBy(Ed25519.KeyPair issuer, UuidV7 id, Instant now) {
    Check.that(
        !expiresAt.isAfter(now.plus(Limits.LIFETIME_MAX)), "a grant lives at most a year or so");
    Terms terms =
        new Terms(
            id,
            Did.ofKey(issuer.publicKey()),
            subject,
            Optional.of(audience),
            scope,
            now,
            notBefore,
            expiresAt,
            delegationDepth,
            calls,
            constraints,
            Optional.empty());
    return new UnverifiedCapability(List.of(Link.sign(terms, issuer))).readAgain();
  }
}
