package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
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
  private final Rights rights;

  private Attenuation(UnverifiedCapability chain, Did subject, Rights rights) {
    this.chain = chain;
    this.subject = subject;
    this.rights = rights;
  }

  /**
   * Starts to pass {@code chain} on to {@code subject}.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_DELEGATION_INVALID} when it may not be
   *     passed on any further
   */
  public static Attenuation of(UnverifiedCapability chain, Did subject) {
    Rights leaf = chain.leaf().terms().rights();
    if (leaf.delegationDepth() == 0) {
      throw refused("the capability may not be passed on");
    }
    return new Attenuation(chain, subject, leaf.withDelegationDepth(leaf.delegationDepth() - 1));
  }

  private Attenuation with(Rights narrower) {
    return new Attenuation(chain, subject, narrower);
  }

  /** Only these scopes. */
  public Attenuation withScope(List<Scope> narrower) {
    return with(rights.withScope(narrower));
  }

  /** Not before {@code start}. */
  public Attenuation startingAt(Instant start) {
    return with(rights.startingAt(start));
  }

  /** Only until {@code end}. */
  public Attenuation expiringAt(Instant end) {
    return with(rights.expiringAt(end));
  }

  /** To be passed on at most {@code depth} times. */
  public Attenuation withDelegationDepth(int depth) {
    return with(rights.withDelegationDepth(depth));
  }

  /** Only for {@code limit} calls. */
  public Attenuation withCalls(long limit) {
    return with(rights.withCalls(OptionalLong.of(limit)));
  }

  /** Only for calls that cost {@code limit} together. */
  public Attenuation withSpendMicroUsd(long limit) {
    return with(rights.withSpendMicroUsd(OptionalLong.of(limit)));
  }

  /** Only from these networks. */
  public Attenuation withSources(List<SourceNetwork> networks) {
    return with(rights.withSources(networks));
  }

  /** Under one more constraint. */
  public Attenuation withConstraint(Constraint constraint) {
    return withConstraints(
        Stream.concat(rights.constraints().stream(), Stream.of(constraint)).toList());
  }

  /** Under exactly these constraints, which must keep or narrow every one of the chain's. */
  public Attenuation withConstraints(List<Constraint> narrower) {
    return with(rights.withConstraints(narrower));
  }

  /**
   * The longer chain, signed by the key that the present subject's DID is.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_DELEGATION_INVALID} when the key is another
   *     one's, or the new link would allow more than the one before
   */
  public UnverifiedCapability signedBy(Ed25519.KeyPair holder, UuidV7 id, Instant now) {
    return signedBy(Did.ofKey(holder.publicKey()), holder, id, now);
  }

  /**
   * The longer chain, signed by a holder who may have rotated their key since they got their DID.
   *
   * @param holder the chain's present subject
   * @param key the key that signs for them now
   * @throws TalosException {@link ErrorCode#CAPABILITY_DELEGATION_INVALID} when the holder is
   *     another one, or the new link would allow more than the one before
   */
  public UnverifiedCapability signedBy(Did holder, Ed25519.KeyPair key, UuidV7 id, Instant now) {
    Link parent = chain.leaf();
    Optional<Bytes> other = Optional.of(key.publicKey()).filter(k -> !k.equals(holder.publicKey()));
    Terms terms =
        new Terms(
            id, holder, other, subject, Optional.empty(), now, rights, Optional.of(parent.hash()));
    Narrowing.violation(parent.terms(), terms)
        .ifPresent(
            why -> {
              throw refused(why);
            });
    if (chain.links().size() >= Limits.LINKS_MAX) {
      throw refused("the chain is as long as it may be");
    }
    return chain.extendedBy(Link.sign(terms, key));
  }

  private static TalosException refused(String why) {
    return new TalosException(ErrorCode.CAPABILITY_DELEGATION_INVALID, why);
  }
}
