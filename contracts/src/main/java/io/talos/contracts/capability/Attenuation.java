package io.talos.contracts.capability;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * How a holder passes on part of a capability, offline. Starts with everything that the chain's
 * last link allows and one delegation less; every step returns a narrower one. {@link #signedBy}
 * never signs a wider link.
 */
public final class Attenuation {
  private final UnverifiedCapability chain;
  private final Did subject;
  private final List<Scope> scope;
  private final Optional<Instant> notBefore;
  private final Instant expiresAt;
  private final int delegationDepth;
  private final OptionalLong calls;
  private final List<Constraint> constraints;

  private Attenuation(
      UnverifiedCapability chain,
      Did subject,
      List<Scope> scope,
      Optional<Instant> notBefore,
      Instant expiresAt,
      int delegationDepth,
      OptionalLong calls,
      List<Constraint> constraints) {
    this.chain = chain;
    this.subject = subject;
    this.scope = List.copyOf(scope);
    this.notBefore = notBefore;
    this.expiresAt = expiresAt;
    this.delegationDepth = delegationDepth;
    this.calls = calls;
    this.constraints = List.copyOf(constraints);
  }

  /**
   * Starts to pass {@code chain} on to {@code subject}.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_DELEGATION_INVALID} when it may not be
   *     passed on any further
   */
  public static Attenuation of(UnverifiedCapability chain, Did subject) {
    Terms leaf = chain.leaf().terms();
    if (leaf.delegationDepth() == 0) {
      throw refused("the capability may not be passed on");
    }
    return new Attenuation(
        chain,
        subject,
        leaf.scope(),
        leaf.notBefore(),
        leaf.expiresAt(),
        leaf.delegationDepth() - 1,
        leaf.calls(),
        leaf.constraints());
  }

  /** Only these scopes. */
  public Attenuation withScope(List<Scope> narrower) {
    return new Attenuation(
        chain, subject, narrower, notBefore, expiresAt, delegationDepth, calls, constraints);
  }

  /** Not before {@code start}. */
  public Attenuation startingAt(Instant start) {
    return new Attenuation(
        chain, subject, scope, Optional.of(start), expiresAt, delegationDepth, calls, constraints);
  }

  /** Only until {@code end}. */
  public Attenuation expiringAt(Instant end) {
    return new Attenuation(
        chain, subject, scope, notBefore, end, delegationDepth, calls, constraints);
  }

  /** To be passed on at most {@code depth} times. */
  public Attenuation withDelegationDepth(int depth) {
    return new Attenuation(chain, subject, scope, notBefore, expiresAt, depth, calls, constraints);
  }

  /** Only for {@code limit} calls. */
  public Attenuation withCalls(long limit) {
    return new Attenuation(
        chain,
        subject,
        scope,
        notBefore,
        expiresAt,
        delegationDepth,
        OptionalLong.of(limit),
        constraints);
  }

  /** Under one more constraint. */
  public Attenuation withConstraint(Constraint constraint) {
    return withConstraints(Stream.concat(constraints.stream(), Stream.of(constraint)).toList());
  }

  /** Under exactly these constraints, which must keep or narrow every one of the chain's. */
  public Attenuation withConstraints(List<Constraint> narrower) {
    return new Attenuation(
        chain, subject, scope, notBefore, expiresAt, delegationDepth, calls, narrower);
  }

  /**
   * The longer chain.
   *
   * @param holder key of the chain's present subject
   * @throws TalosException {@link ErrorCode#CAPABILITY_DELEGATION_INVALID} when the key is another
   *     one's, or the new link would allow more than the one before
   */
  public UnverifiedCapability signedBy(Ed25519.KeyPair holder, UuidV7 id, Instant now) {
    Link parent = chain.leaf();
    Terms terms = terms(parent, Did.ofKey(holder.publicKey()), id, now);
    Narrowing.violation(parent.terms(), terms)
        .ifPresent(
            why -> {
              throw refused(why);
            });
    if (chain.links().size() >= Limits.LINKS_MAX) {
      throw refused("the chain is as long as it may be");
    }
    return chain.extendedBy(Link.sign(terms, holder));
  }

  private Terms terms(Link parent, Did issuer, UuidV7 id, Instant now) {
    return new Terms(
        id,
        issuer,
        subject,
        Optional.empty(),
        scope,
        now,
        notBefore,
        expiresAt,
        delegationDepth,
        calls,
        constraints,
        Optional.of(parent.hash()));
  }

  private static TalosException refused(String why) {
    return new TalosException(ErrorCode.CAPABILITY_DELEGATION_INVALID, why);
  }
}
