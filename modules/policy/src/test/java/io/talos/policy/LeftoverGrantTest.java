package io.talos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.CapabilityLinkRevoked;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import io.talos.policy.RevokeGrants.Result;
import io.talos.policy.RevokeGrants.Revoked;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.rights.TestRevocations;
import io.talos.policy.store.CapabilityStore;
import io.talos.policy.store.RevocationStore;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The aim: to keep a grant after all of them were revoked. */
@Threat("T-CAPABILITYABUSE-01")
@ExtendWith(RealRedis.class)
class LeftoverGrantTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Ed25519.KeyPair KEY = Ed25519.fromSeed(SecretBytes.of(new byte[32]));
  private static final Did MALLORY = Did.ofKey(KEY.publicKey());
  private static final RevocationReason REASON = RevocationReason.COMPROMISED;
  private static final int BOUND = RevokeGrants.PAGES_MAX * ListCapabilities.PAGE_MAX;

  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final List<CapabilityStore.Listed> grants = new ArrayList<>();
  private final Set<Bytes> revoked = new HashSet<>();

  private void grant(int count) {
    for (int i = 0; i < count; i++) {
      UnverifiedCapability chain =
          RootGrant.of(MALLORY, "here", List.of(Scope.ofTool("notes")), NOW.plusSeconds(60))
              .signedBy(KEY, ids.next(NOW), NOW);
      grants.add(
          new CapabilityStore.Listed(
              new CapabilityStore.Stored(
                  chain.hash(), MALLORY.text(), chain.header(), NOW.plusSeconds(60)),
              NOW,
              "operator:olga"));
    }
  }

  private final class Granted extends CapabilityStore {
    @Override
    public Optional<Stored> find(Bytes hash) {
      return grants.stream().map(Listed::capability).filter(g -> g.hash().equals(hash)).findFirst();
    }

    @Override
    public List<Listed> unexpired(String subject, Instant now, Optional<Bytes> after, int max) {
      int from =
          after
              .map(
                  hash ->
                      1 + grants.stream().map(g -> g.capability().hash()).toList().indexOf(hash))
              .orElse(0);
      return grants.stream().skip(from).limit(max).toList();
    }
  }

  private final class Recorded extends RecordRevocation {
    Recorded() {
      super(new RevocationStore(), silence());
    }

    @Override
    public Optional<Long> record(Bytes link, RevocationReason reason, String by, Instant now) {
      return revoked.add(link) ? Optional.of((long) revoked.size()) : Optional.empty();
    }
  }

  /** Nobody is told, because the transaction is not the one that would tell. */
  @SuppressWarnings("unchecked")
  private static Event<CapabilityLinkRevoked> silence() {
    return (Event<CapabilityLinkRevoked>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (proxy, method, arguments) -> {
              throw new AssertionError(method);
            });
  }

  private RevokeGrants operation(Redis redis) {
    CurrentRequest request = new CurrentRequest();
    request.become(
        new RequestContext(
            ids.next(NOW),
            Optional.empty(),
            "policy.revocations.grants",
            "POST",
            "/policy/revocations/grants",
            "127.0.0.1",
            Principal.anonymous()));
    return new RevokeGrants(
        new Granted(),
        new Recorded(),
        new RevocationWatch(TestRevocations.of(), Randomness.secure()),
        new TrafficStage(redis).traffic(),
        request,
        InstantSource.fixed(NOW));
  }

  private static Revoked done(Result result) {
    return result.match(
        done -> done,
        refused -> {
          throw new AssertionError(refused.code());
        });
  }

  @Test
  void a_call_that_does_not_come_to_every_grant_says_so_and_the_next_one_goes_on_there(
      Redis redis) {
    grant(BOUND + 1);
    RevokeGrants operation = operation(redis);

    Revoked first = done(operation.revoke(MALLORY, REASON, Optional.empty()));
    assertThat(first.count()).isEqualTo(BOUND);
    assertThat(first.next()).isPresent();

    Revoked second = done(operation.revoke(MALLORY, REASON, first.next()));
    assertThat(second).isEqualTo(new Revoked(1, Optional.empty()));
    assertThat(revoked).hasSize(BOUND + 1);
  }

  @Test
  void exactly_as_many_as_one_call_comes_to_leave_nothing(Redis redis) {
    grant(BOUND);

    assertThat(done(operation(redis).revoke(MALLORY, REASON, Optional.empty())))
        .isEqualTo(new Revoked(BOUND, Optional.empty()));
  }

  @Test
  void a_cursor_that_no_call_gave_revokes_nothing(Redis redis) {
    grant(1);

    for (String cursor : List.of("", "mallory", "00".repeat(32))) {
      Optional<ErrorCode> refusal =
          operation(redis)
              .revoke(MALLORY, REASON, Optional.of(cursor))
              .match(done -> Optional.empty(), refused -> Optional.of(refused.code()));
      assertThat(refusal).contains(ErrorCode.TALOS_INVALID_CURSOR);
    }
    assertThat(revoked).isEmpty();
  }
}
