package io.talos.contracts.revocation;

import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.CapabilityVerifier.Refused;
import io.talos.contracts.capability.CapabilityVerifier.Verdict;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import java.time.Duration;

/**
 * Verifies capabilities without the server that issued them: the chain, and by its feed that no
 * link and no key that signed one was revoked when the feed was signed. What was revoked since is
 * not known; {@code age} says how long that may be.
 *
 * <p>Refuses with: what {@link CapabilityVerifier} refuses with, {@link
 * ErrorCode#CAPABILITY_REVOKED}, {@link ErrorCode#REVOCATION_FEED_INVALID} when the feed is too
 * old.
 */
public final class OfflineVerifier {
  private final CapabilityVerifier verifier;
  private final RevocationFeed feed;
  private final Duration age;

  /** A verifier that believes a feed for {@code age}. */
  public OfflineVerifier(CapabilityVerifier verifier, RevocationFeed feed, Duration age) {
    this.verifier = verifier;
    this.feed = feed;
    this.age = age;
  }

  /** Checks {@code chain} for this presentation. */
  public Verdict verify(UnverifiedCapability chain, Presentation shown) {
    if (!feed.isFresh(shown.now(), age)) {
      return new Refused(ErrorCode.REVOCATION_FEED_INVALID, "the feed is too old");
    }
    return verifier
        .verify(chain, shown)
        .<Verdict>match(
            good ->
                feed.containsAnyOf(good.capability().revocationIds())
                    ? new Refused(ErrorCode.CAPABILITY_REVOKED, "a link or its key is revoked")
                    : good,
            refused -> refused);
  }
}
