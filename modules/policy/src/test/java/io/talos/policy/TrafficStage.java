package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.port.Traffic.Claim;
import io.talos.contracts.port.Traffic.Verdict;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.policy.limits.TrafficKeys;
import io.talos.policy.limits.Used;
import io.talos.policy.rights.Revocations;
import io.talos.policy.rights.TestRevocations;
import io.talos.runtime.redis.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node on a real Redis, with a journal that counts like the one in Postgres: under a lock, and
 * only while the count lies below the limit.
 */
final class TrafficStage {
  static final String ADMITTED = "ADMITTED";
  static final String PASSED = "PASSED";

  private final RedisTraffic traffic;
  private final UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
  private final Map<String, Long> journal = new HashMap<>();
  private volatile TestRevocations database = TestRevocations.of();
  private Instant now = Instant.parse("2026-11-21T12:00:00Z");

  TrafficStage(Redis redis) {
    TrafficKeys keys = TrafficKeys.derive(SecretBytes.of(new byte[32]));
    this.traffic =
        new RedisTraffic(
            redis,
            () -> keys,
            Randomness.secure(),
            new RevocationWatch(truth(), Randomness.secure()),
            this::journalled,
            new Rate(5, 10),
            60);
  }

  RedisTraffic traffic() {
    return traffic;
  }

  private Revocations truth() {
    return new Revocations() {
      @Override
      public Head head() {
        return database.head();
      }

      @Override
      public Page after(long epoch, int max) {
        return database.after(epoch, max);
      }

      @Override
      public boolean containsAnyOf(List<Bytes> ids) {
        return database.containsAnyOf(ids);
      }
    };
  }

  void database(TestRevocations truth) {
    database = truth;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  synchronized long journalled(Allowance.Kind kind, Bytes link) {
    return journal.getOrDefault(kind + link.hex(), 0L);
  }

  /** As the chain does it: reserve, commit the admission, tell Redis; or release. */
  String admit(Claim claim) {
    String verdict = reserve(claim);
    if (!verdict.equals(PASSED)) {
      return verdict;
    }
    Optional<List<Used>> used = commit(claim);
    if (used.isEmpty()) {
      traffic.release(claim.requestId());
      return ErrorCode.CAPABILITY_EXHAUSTED.name();
    }
    traffic.limiter().confirm(claim.requestId(), used.get());
    return ADMITTED;
  }

  private synchronized Optional<List<Used>> commit(Claim claim) {
    List<Used> used = new ArrayList<>();
    for (Allowance a : claim.grant().orElseThrow().allowances()) {
      long total = journalled(a.kind(), a.link()) + a.amount();
      if (total > a.limit()) {
        return Optional.empty();
      }
      used.add(new Used(a, total));
    }
    used.forEach(u -> journal.put(u.allowance().kind() + u.allowance().link().hex(), u.total()));
    return Optional.of(used);
  }

  String reserve(Claim claim) {
    return name(traffic.reserve(claim));
  }

  static String name(Verdict verdict) {
    return verdict.match(passed -> PASSED, before -> "ANSWERED", stopped -> stopped.code().name());
  }

  Claim claim(Optional<CapabilityGrant> grant) {
    return claim("did:key:bob", Optional.empty(), "", grant, new Rate(1000, 1000));
  }

  Claim claim(String caller, Optional<String> key, String body) {
    return claim(caller, key, body, Optional.empty(), new Rate(1000, 1000));
  }

  Claim claim(
      String caller,
      Optional<String> key,
      String body,
      Optional<CapabilityGrant> grant,
      Rate rate) {
    return new Claim(
        ids.next(now),
        new Principal(PrincipalKind.AGENT, caller, Set.of("agent"), AuthMode.SIGNED),
        surface(rate),
        Sha256.of(Bytes.utf8(body)),
        key,
        grant,
        now);
  }

  private static Surface surface(Rate rate) {
    return new Surface(
        "notes.write",
        "POST",
        "/notes",
        Set.of(Credential.SIGNATURE),
        Optional.empty(),
        false,
        "notes:note:write",
        CapabilityUse.NONE,
        Optional.empty(),
        0,
        rate);
  }
}
