package io.talos.contracts.capability;

import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The only maker of a {@link Capability}: whoever holds one knows that every right in it was passed
 * on by somebody who had it. Needs no network and no storage. Thread safe.
 *
 * <p>The order is fixed. First what costs nothing: audience, trusted root, times of every link,
 * presenter, scope, source network. Then link by link from the root: the issuer's signature, the
 * parent's hash, and that nothing got wider. The first thing that does not hold is the answer.
 *
 * <p>A link is valid at {@code not_before} and no longer valid at {@code expires_at}, with no grace
 * for clocks; only {@code issued_at} may lie up to {@link Limits#ISSUED_AHEAD_MAX} ahead.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_AUDIENCE_MISMATCH}, {@link
 * ErrorCode#CAPABILITY_ISSUER_UNTRUSTED}, {@link ErrorCode#CAPABILITY_EXPIRED}, {@link
 * ErrorCode#CAPABILITY_NOT_YET_VALID}, {@link ErrorCode#CAPABILITY_SUBJECT_MISMATCH}, {@link
 * ErrorCode#CAPABILITY_SCOPE_MISMATCH}, {@link ErrorCode#CAPABILITY_SOURCE_MISMATCH}, {@link
 * ErrorCode#CAPABILITY_SIGNATURE_INVALID}, {@link ErrorCode#CAPABILITY_DELEGATION_INVALID}.
 */
public final class CapabilityVerifier {
  private static final Refused AUDIENCE =
      new Refused(ErrorCode.CAPABILITY_AUDIENCE_MISMATCH, "for another audience");
  private static final Refused UNTRUSTED =
      new Refused(ErrorCode.CAPABILITY_ISSUER_UNTRUSTED, "the root issuer is not trusted");
  private static final Refused EXPIRED =
      new Refused(ErrorCode.CAPABILITY_EXPIRED, "a link has expired");
  private static final Refused EARLY =
      new Refused(ErrorCode.CAPABILITY_NOT_YET_VALID, "a link is not valid yet");
  private static final Refused FUTURE =
      new Refused(ErrorCode.CAPABILITY_NOT_YET_VALID, "a link was issued in the future");
  private static final Refused STOLEN =
      new Refused(ErrorCode.CAPABILITY_SUBJECT_MISMATCH, "shown by somebody else");
  private static final Refused SCOPE =
      new Refused(ErrorCode.CAPABILITY_SCOPE_MISMATCH, "the scope does not cover the need");
  private static final Refused SOURCE =
      new Refused(ErrorCode.CAPABILITY_SOURCE_MISMATCH, "shown from another network");

  private final Set<Did> trustedIssuers;
  private final String audience;
  private final IssuerKeys keys;

  /** A verifier that knows no key of an issuer but the one that its DID is. */
  public CapabilityVerifier(Set<Did> trustedIssuers, String audience) {
    this(trustedIssuers, audience, IssuerKeys.OWN);
  }

  /** A verifier for one server that trusts these root issuers, and these keys of all issuers. */
  public CapabilityVerifier(Set<Did> trustedIssuers, String audience, IssuerKeys keys) {
    Check.that(!audience.isBlank(), "a verifier knows what it is called");
    this.trustedIssuers = Set.copyOf(trustedIssuers);
    this.audience = audience;
    this.keys = keys;
  }

  /** Good or not, and why not. */
  public sealed interface Verdict permits Verified, Refused {
    /** Answers by the kind of verdict. */
    default <R> R match(Function<Verified, R> verified, Function<Refused, R> refused) {
      if (this instanceof Verified good) {
        return verified.apply(good);
      }
      return refused.apply((Refused) this);
    }
  }

  /** Every rule holds. */
  public record Verified(Capability capability) implements Verdict {}

  /**
   * A rule does not hold.
   *
   * @param why for the log
   */
  public record Refused(ErrorCode code, String why) implements Verdict {}

  /** Checks {@code chain} for this presentation. */
  public Verdict verify(UnverifiedCapability chain, Presentation shown) {
    Optional<Refused> refusal = refusal(chain, shown).or(() -> forged(chain));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return new Verified(new Capability(chain));
  }

  /**
   * Checks a capability that this verifier found good before: everything that may be otherwise this
   * time, which is all but the signatures and the way the links hang together. Empty when it is
   * good for this presentation too.
   */
  public Optional<Refused> refusal(Capability capability, Presentation shown) {
    return refusal(capability.chain(), shown);
  }

  /**
   * Whether {@code chain} starts at a trusted issuer of this audience and every link is signed and
   * narrows the one before: it was really passed on, whether or not it is still good.
   */
  public boolean isGenuine(UnverifiedCapability chain) {
    return misdirected(chain).or(() -> forged(chain)).isEmpty();
  }

  private Optional<Refused> refusal(UnverifiedCapability chain, Presentation shown) {
    Optional<Refused> refusal = misdirected(chain);
    if (refusal.isEmpty()) {
      refusal = untimely(chain, shown.now());
    }
    return refusal.isEmpty() ? misused(chain, shown) : refusal;
  }

  private Optional<Refused> misdirected(UnverifiedCapability chain) {
    Terms root = chain.root().terms();
    if (!audience.equals(root.audience().orElse(""))) {
      return Optional.of(AUDIENCE);
    }
    return trustedIssuers.contains(root.issuer()) ? Optional.empty() : Optional.of(UNTRUSTED);
  }

  private static Optional<Refused> untimely(UnverifiedCapability chain, Instant now) {
    Instant latestIssue = now.plus(Limits.ISSUED_AHEAD_MAX);
    List<Link> links = chain.links();
    for (int i = 0; i < links.size(); i++) {
      Terms terms = links.get(i).terms();
      // At expires_at itself the link has expired.
      if (!now.isBefore(terms.expiresAt())) {
        return Optional.of(EXPIRED);
      }
      // At not_before itself the link is valid.
      if (terms.notBefore().isPresent() && now.isBefore(terms.notBefore().get())) {
        return Optional.of(EARLY);
      }
      // Exactly ISSUED_AHEAD_MAX ahead is still believed.
      if (terms.issuedAt().isAfter(latestIssue)) {
        return Optional.of(FUTURE);
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> misused(UnverifiedCapability chain, Presentation shown) {
    Terms leaf = chain.leaf().terms();
    if (!leaf.subject().text().equals(shown.presenter())) {
      return Optional.of(STOLEN);
    }
    if (!shown.need().isMetBy(leaf.scope())) {
      return Optional.of(SCOPE);
    }
    return isFromElsewhere(chain, shown.source()) ? Optional.of(SOURCE) : Optional.empty();
  }

  /** Every link's networks are asked, though the last one's lie within the others'. */
  private static boolean isFromElsewhere(UnverifiedCapability chain, Optional<String> source) {
    for (Link link : chain.links()) {
      List<SourceNetwork> networks = link.terms().rights().sources();
      if (!networks.isEmpty()
          && source
              .flatMap(SourceNetwork::address)
              .filter(address -> networks.stream().anyMatch(n -> n.holds(address)))
              .isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private Optional<Refused> forged(UnverifiedCapability chain) {
    List<Link> links = chain.links();
    for (int i = 0; i < links.size(); i++) {
      Optional<Refused> broken = isSigned(links.get(i)) ? Optional.empty() : unsigned(i);
      if (broken.isEmpty() && i > 0) {
        broken = detached(links, i);
      }
      if (broken.isPresent()) {
        return broken;
      }
    }
    return Optional.empty();
  }

  private boolean isSigned(Link link) {
    Terms terms = link.terms();
    boolean mayName =
        terms.issuerKey().isEmpty() || keys.maySign(terms.issuer(), terms.issuerKey().get());
    return mayName && link.isSigned();
  }

  private static Optional<Refused> unsigned(int i) {
    return Optional.of(
        new Refused(ErrorCode.CAPABILITY_SIGNATURE_INVALID, "link " + i + " is not signed"));
  }

  private static Optional<Refused> detached(List<Link> links, int i) {
    Link before = links.get(i - 1);
    Terms terms = links.get(i).terms();
    if (!terms.parent().equals(Optional.of(before.hash()))) {
      return Optional.of(invalid("link " + i + " has another parent"));
    }
    return Narrowing.violation(before.terms(), terms).map(why -> invalid("link " + i + ": " + why));
  }

  private static Refused invalid(String why) {
    return new Refused(ErrorCode.CAPABILITY_DELEGATION_INVALID, why);
  }
}
