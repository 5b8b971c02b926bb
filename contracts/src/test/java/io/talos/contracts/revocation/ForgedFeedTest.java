package io.talos.contracts.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The aim: to let an offline verifier believe that nothing was revoked. */
@Threat("T-CAPABILITYABUSE-01")
class ForgedFeedTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Randomness CHANCE = Randomness.secure();
  private static final Ed25519.KeyPair AUTHORITY = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair MALLORY = Ed25519.generate(CHANCE);
  private static final String AUDIENCE = "http://127.0.0.1:9080";

  private final RevocationFeed feed = new RevocationFeed(Set.of(did(AUTHORITY)));
  private final List<Bytes> revoked = new ArrayList<>();
  private final AtomicInteger pagesRead = new AtomicInteger();

  private static Did did(Ed25519.KeyPair key) {
    return Did.ofKey(key.publicKey());
  }

  private static Bytes id(int number) {
    return Sha256.of(Bytes.utf8("id " + number));
  }

  private void revoke(int from, int to) {
    for (int i = from; i < to; i++) {
      revoked.add(id(i));
    }
  }

  private Bytes head(Ed25519.KeyPair signer, Instant at) {
    Bytes chain = RevocationChain.START;
    for (Bytes id : revoked) {
      chain = RevocationChain.next(chain, id);
    }
    return new RevocationHead(did(signer), revoked.size(), chain, at).signedBy(signer);
  }

  private Bytes page(long number) {
    pagesRead.incrementAndGet();
    int from = (int) number * Limits.PAGE_IDS;
    int to = Math.min(revoked.size(), from + Limits.PAGE_IDS);
    return Bytes.empty().concat(revoked.subList(from, to).toArray(new Bytes[0]));
  }

  private void refuses(Bytes head) {
    long before = feed.epoch();
    Optional<Instant> asOf = feed.asOf();

    assertThatThrownBy(() -> feed.follow(head, this::page))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.REVOCATION_FEED_INVALID));

    assertThat(feed.epoch()).isEqualTo(before);
    assertThat(feed.asOf()).isEqualTo(asOf);
  }

  @Test
  void a_follower_reads_everything_once_and_then_only_what_is_new() {
    revoke(0, 2 * Limits.PAGE_IDS + 10);
    feed.follow(head(AUTHORITY, NOW), this::page);
    assertThat(pagesRead).hasValue(3);

    revoke(revoked.size(), revoked.size() + 5);
    feed.follow(head(AUTHORITY, NOW.plusSeconds(1)), this::page);
    assertThat(pagesRead).hasValue(4);

    feed.follow(head(AUTHORITY, NOW.plusSeconds(2)), this::page);
    assertThat(pagesRead).hasValue(4);
    assertThat(feed.epoch()).isEqualTo(revoked.size());
    for (Bytes id : revoked) {
      assertThat(feed.containsAnyOf(List.of(id))).isTrue();
    }
    assertThat(feed.containsAnyOf(List.of(id(-1)))).isFalse();
  }

  @Test
  void a_head_of_mallory_or_one_that_she_changed_is_refused() {
    revoke(0, 3);
    refuses(head(MALLORY, NOW));
    Bytes good = head(AUTHORITY, NOW);
    for (int i = 0; i < good.size(); i++) {
      byte[] bytes = good.toArray();
      bytes[i] ^= 1;
      refuses(Bytes.of(bytes));
    }
    feed.follow(good, this::page);
    assertThat(feed.epoch()).isEqualTo(3);
  }

  @Test
  void a_feed_that_forgets_a_revocation_or_swaps_one_is_refused() {
    revoke(0, 5);
    feed.follow(head(AUTHORITY, NOW), this::page);

    Bytes last = revoked.remove(4);
    refuses(head(AUTHORITY, NOW.plusSeconds(1)));

    revoked.add(last);
    revoke(5, 7);
    Bytes honest = head(AUTHORITY, NOW.plusSeconds(2));
    revoked.set(6, id(99));
    refuses(honest);

    revoked.remove(6);
    refuses(honest);
  }

  @Test
  void a_history_that_was_written_again_is_refused_though_the_issuer_signed_it() {
    revoke(0, 5);
    feed.follow(head(AUTHORITY, NOW), this::page);
    revoked.set(2, id(77));
    refuses(head(AUTHORITY, NOW.plusSeconds(1)));
    revoke(5, 9);
    refuses(head(AUTHORITY, NOW.plusSeconds(1)));
  }

  @Test
  void an_older_head_is_refused_after_a_newer_one() {
    revoke(0, 5);
    feed.follow(head(AUTHORITY, NOW), this::page);

    refuses(head(AUTHORITY, NOW.minusMillis(1)));
  }

  @Test
  void offline_a_revoked_capability_is_refused_and_an_old_feed_proves_nothing() {
    UnverifiedCapability alices =
        RootGrant.of(did(ALICE), AUDIENCE, List.of(Scope.ofTool("notes")), NOW.plusSeconds(7200))
            .signedBy(AUTHORITY, new UuidV7("019aa000-0000-7000-8000-000000000001"), NOW);
    OfflineVerifier verifier =
        new OfflineVerifier(
            new CapabilityVerifier(Set.of(did(AUTHORITY)), AUDIENCE), feed, Duration.ofMinutes(5));

    assertThat(refusal(verifier, alices, NOW)).contains(ErrorCode.REVOCATION_FEED_INVALID);
    feed.follow(head(AUTHORITY, NOW), this::page);
    assertThat(refusal(verifier, alices, NOW.plus(Duration.ofMinutes(5)))).isEmpty();
    assertThat(refusal(verifier, alices, NOW.plus(Duration.ofMinutes(5)).plusMillis(1)))
        .contains(ErrorCode.REVOCATION_FEED_INVALID);

    revoked.add(alices.root().hash());
    feed.follow(head(AUTHORITY, NOW.plusSeconds(1)), this::page);
    assertThat(refusal(verifier, alices, NOW.plusSeconds(2)))
        .contains(ErrorCode.CAPABILITY_REVOKED);
  }

  @Test
  void offline_a_capability_ends_with_the_key_that_signed_it() {
    UnverifiedCapability alices =
        RootGrant.of(did(ALICE), AUDIENCE, List.of(Scope.ofTool("notes")), NOW.plusSeconds(7200))
            .signedBy(AUTHORITY, new UuidV7("019aa000-0000-7000-8000-000000000001"), NOW);
    OfflineVerifier verifier =
        new OfflineVerifier(
            new CapabilityVerifier(Set.of(did(AUTHORITY)), AUDIENCE), feed, Duration.ofMinutes(5));
    revoked.add(RevocationId.ofKey(AUTHORITY.publicKey()));
    feed.follow(head(AUTHORITY, NOW), this::page);

    assertThat(refusal(verifier, alices, NOW)).contains(ErrorCode.CAPABILITY_REVOKED);
  }

  private static Optional<ErrorCode> refusal(
      OfflineVerifier verifier, UnverifiedCapability shown, Instant now) {
    return verifier
        .verify(shown, new Presentation(did(ALICE).text(), new Need.Call("notes", "read"), now))
        .match(good -> Optional.empty(), refused -> Optional.of(refused.code()));
  }
}
