package io.talos.contracts.revocation;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * Follows an issuer's revocations and believes nothing that the issuer did not sign. A feed that
 * goes back, or that changes what it said before, is refused, and what was known stays. Needs no
 * server to answer; where heads and pages come from is the caller's business. Not thread safe.
 *
 * <p>Source: docs/reference/revocation-feed.md, "How to follow it".
 *
 * <p>Refuses with: {@link ErrorCode#REVOCATION_FEED_INVALID}.
 */
public final class RevocationFeed {
  private final Set<Did> issuers;
  private final Set<Bytes> ids = new HashSet<>();
  private Bytes chain = RevocationChain.START;
  private Optional<Instant> asOf = Optional.empty();

  /** Knows nothing; believes these issuers. */
  public RevocationFeed(Set<Did> issuers) {
    this.issuers = Set.copyOf(issuers);
  }

  /**
   * Goes on to {@code head}.
   *
   * @param pages the page with a number, counted from 0; the last one may be shorter or longer than
   *     the head says
   */
  public void follow(Bytes head, LongFunction<Bytes> pages) {
    RevocationHead next = RevocationHead.verify(head, issuers);
    if (next.epoch() < ids.size() || asOf.filter(next.issuedAt()::isBefore).isPresent()) {
      throw refused("the feed goes back");
    }
    List<Bytes> fresh = new ArrayList<>();
    Bytes digest = chain;
    Bytes page = Bytes.empty();
    for (long at = ids.size(); at < next.epoch(); at++) {
      if (fresh.isEmpty() || at % Limits.PAGE_IDS == 0) {
        page = pages.apply(at / Limits.PAGE_IDS);
      }
      Bytes id = id(page, (int) (at % Limits.PAGE_IDS));
      digest = RevocationChain.next(digest, id);
      fresh.add(id);
    }
    if (!digest.equals(next.chain())) {
      throw refused("the pages are not what was signed");
    }
    ids.addAll(fresh);
    Check.that(ids.size() == next.epoch(), "an id is revoked once");
    chain = digest;
    asOf = Optional.of(next.issuedAt());
  }

  private static Bytes id(Bytes page, int place) {
    int from = place * RevocationChain.ID_SIZE;
    if (page.size() < from + RevocationChain.ID_SIZE) {
      throw refused("a page is too short");
    }
    return page.slice(from, from + RevocationChain.ID_SIZE);
  }

  /** How many revocations are known. */
  public long epoch() {
    return ids.size();
  }

  /** When the issuer said so; empty before the first head. */
  public Optional<Instant> asOf() {
    return asOf;
  }

  /** Whether what is known was still said at most {@code age} before {@code now}. */
  public boolean isFresh(Instant now, Duration age) {
    // Exactly that old is still fresh.
    return asOf.filter(said -> !said.isBefore(now.minus(age))).isPresent();
  }

  /** Whether one of these ids was revoked. */
  public boolean containsAnyOf(List<Bytes> asked) {
    return asked.stream().anyMatch(ids::contains);
  }

  private static TalosException refused(String why) {
    return new TalosException(ErrorCode.REVOCATION_FEED_INVALID, why);
  }
}
