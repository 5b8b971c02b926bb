package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The only maker of a {@link Capability}: whoever holds one knows that every right in it was passed
 * on by somebody who had it. Needs no network and no storage. Thread safe.
 *
 * <p>The order is fixed. First what costs nothing: audience, trusted root, times of every link,
 * presenter, scope. Then link by link from the root: the issuer's signature, the parent's hash, and
 * that nothing got wider. The first thing that does not hold is the answer.
 *
 * <p>A link is valid at {@code not_before} and no longer valid at {@code expires_at}, with no grace
 * for clocks; only {@code issued_at} may lie up to {@link Limits#ISSUED_AHEAD_MAX} ahead.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_AUDIENCE_MISMATCH}, {@link
 * ErrorCode#CAPABILITY_ISSUER_UNTRUSTED}, {@link ErrorCode#CAPABILITY_EXPIRED}, {@link
 * ErrorCode#CAPABILITY_NOT_YET_VALID}, {@link ErrorCode#CAPABILITY_SUBJECT_MISMATCH}, {@link
 * ErrorCode#CAPABILITY_SCOPE_MISMATCH}, {@link ErrorCode#CAPABILITY_SIGNATURE_INVALID}, {@link
 * ErrorCode#CAPABILITY_DELEGATION_INVALID}.
 */
public final class CapabilityVerifier {
  private final Set<Did> trustedIssuers;
  private final String audience;

  /** A verifier for one server that trusts these root issuers. */
  public CapabilityVerifier(Set<Did> trustedIssuers, String audience) {
    Check.that(!audience.isBlank(), "a verifier knows what it is called");
    this.trustedIssuers = Set.copyOf(trustedIssuers);
    this.audience = audience;
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
    Optional<Refused> cheap =
        misdirected(chain).or(() -> untimely(chain, shown.now())).or(() -> misused(chain, shown));
    if (cheap.isPresent()) {
      return cheap.get();
    }
    List<Bytes> hashes = new ArrayList<>();
    for (int i = 0; i < chain.links().size(); i++) {
      Optional<Refused> broken = broken(chain.links(), i, hashes);
      if (broken.isPresent()) {
        return broken.get();
      }
      hashes.add(chain.links().get(i).hash());
    }
    return new Verified(new Capability(chain, hashes));
  }

  /**
   * Whether {@code chain} starts at a trusted issuer of this audience and every link is signed and
   * narrows the one before: it was really passed on, whether or not it is still good.
   */
  public boolean isGenuine(UnverifiedCapability chain) {
    List<Bytes> hashes = new ArrayList<>();
    for (int i = 0; i < chain.links().size(); i++) {
      if (broken(chain.links(), i, hashes).isPresent()) {
        return false;
      }
      hashes.add(chain.links().get(i).hash());
    }
    return misdirected(chain).isEmpty();
  }

  private Optional<Refused> misdirected(UnverifiedCapability chain) {
    Terms root = chain.root().terms();
    if (!root.audience().equals(Optional.of(audience))) {
      return refuse(ErrorCode.CAPABILITY_AUDIENCE_MISMATCH, "for another audience");
    }
    if (!trustedIssuers.contains(root.issuer())) {
      return refuse(ErrorCode.CAPABILITY_ISSUER_UNTRUSTED, "the root issuer is not trusted");
    }
    return Optional.empty();
  }

  private static Optional<Refused> untimely(UnverifiedCapability chain, Instant now) {
    for (Link link : chain.links()) {
      Terms terms = link.terms();
      // At expires_at itself the link has expired.
      if (!now.isBefore(terms.expiresAt())) {
        return refuse(ErrorCode.CAPABILITY_EXPIRED, "a link has expired");
      }
      // At not_before itself the link is valid.
      if (terms.notBefore().isPresent() && now.isBefore(terms.notBefore().get())) {
        return refuse(ErrorCode.CAPABILITY_NOT_YET_VALID, "a link is not valid yet");
      }
      // Exactly ISSUED_AHEAD_MAX ahead is still believed.
      if (terms.issuedAt().isAfter(now.plus(Limits.ISSUED_AHEAD_MAX))) {
        return refuse(ErrorCode.CAPABILITY_NOT_YET_VALID, "a link was issued in the future");
      }
    }
    return Optional.empty();
  }

  private static Optional<Refused> misused(UnverifiedCapability chain, Presentation shown) {
    Terms leaf = chain.leaf().terms();
    if (!leaf.subject().text().equals(shown.presenter())) {
      return refuse(ErrorCode.CAPABILITY_SUBJECT_MISMATCH, "shown by somebody else");
    }
    if (!shown.need().isMetBy(leaf.scope())) {
      return refuse(ErrorCode.CAPABILITY_SCOPE_MISMATCH, "the scope does not cover the need");
    }
    return Optional.empty();
  }

  private static Optional<Refused> broken(List<Link> links, int i, List<Bytes> hashesBefore) {
    Link link = links.get(i);
    if (!link.isSignedByIssuer()) {
      return refuse(ErrorCode.CAPABILITY_SIGNATURE_INVALID, "link " + i + " is not signed");
    }
    if (i == 0) {
      return Optional.empty();
    }
    if (!link.terms().parent().equals(Optional.of(hashesBefore.get(i - 1)))) {
      return refuse(ErrorCode.CAPABILITY_DELEGATION_INVALID, "link " + i + " has another parent");
    }
    return Narrowing.violation(links.get(i - 1).terms(), link.terms())
        .flatMap(why -> refuse(ErrorCode.CAPABILITY_DELEGATION_INVALID, "link " + i + ": " + why));
  }

  private static Optional<Refused> refuse(ErrorCode code, String why) {
    return Optional.of(new Refused(code, why));
  }
}
