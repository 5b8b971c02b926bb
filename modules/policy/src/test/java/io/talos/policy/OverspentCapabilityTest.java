package io.talos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.Allowance.Kind;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.port.Traffic.Claim;
import io.talos.contracts.registry.Threat;
import io.talos.policy.rights.TestRevocations;
import io.talos.runtime.redis.Redis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;

/** The aim: to be admitted more often, or for longer, than a capability allows. */
@Threat("T-CAPABILITYABUSE-01")
@ExtendWith(RealRedis.class)
class OverspentCapabilityTest {
  private static final Bytes LINK = Sha256.of(Bytes.utf8("Alice's link"));
  private static final int LIMIT = 10;
  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void two_hundred_requests_at_once_admit_exactly_the_ten_that_the_link_allows(Redis redis)
      throws Exception {
    TrafficStage stage = new TrafficStage(redis);
    List<Callable<String>> attempts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      attempts.add(() -> stage.admit(stage.claim(limited(LIMIT))));
    }

    List<String> answers = together(attempts);

    assertThat(answers.stream().filter(TrafficStage.ADMITTED::equals)).hasSize(LIMIT);
    assertThat(answers.stream().filter(a -> !a.equals(TrafficStage.ADMITTED)))
        .containsOnly(ErrorCode.CAPABILITY_EXHAUSTED.name());
    assertThat(stage.journalled(Kind.CALLS, LINK)).isEqualTo(LIMIT);
  }

  @Test
  void a_redis_that_forgets_everything_in_the_middle_lets_nobody_through_beyond_the_limit(
      Redis redis) throws Exception {
    TrafficStage stage = new TrafficStage(redis);
    List<Callable<String>> attempts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean flush = i % 20 == 7;
      attempts.add(
          () -> {
            if (flush) {
              redis.call(RedisClient::flushAll);
            }
            return stage.admit(stage.claim(limited(LIMIT)));
          });
    }

    List<String> answers = together(attempts);

    assertThat(stage.journalled(Kind.CALLS, LINK)).isEqualTo(LIMIT);
    assertThat(answers.stream().filter(TrafficStage.ADMITTED::equals)).hasSize(LIMIT);
  }

  @Test
  void after_a_loss_the_count_is_learned_from_the_journal_before_anybody_passes(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    for (int i = 0; i < LIMIT - 1; i++) {
      assertThat(stage.admit(stage.claim(limited(LIMIT)))).isEqualTo(TrafficStage.ADMITTED);
    }

    redis.call(RedisClient::flushAll);

    assertThat(stage.reserve(stage.claim(limited(LIMIT)))).isEqualTo(TrafficStage.PASSED);
    assertThat(stage.reserve(stage.claim(limited(LIMIT))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());
  }

  @Test
  void what_a_dead_node_had_reserved_comes_back_when_it_gives_up_and_not_before(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim dead = stage.claim(limited(1));
    assertThat(stage.reserve(dead)).isEqualTo(TrafficStage.PASSED);

    stage.pass(Traffic.RESERVATION_LIFETIME.minusMillis(1));
    assertThat(stage.reserve(stage.claim(limited(1))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());

    // At the very end of its life a reservation is over.
    stage.pass(java.time.Duration.ofMillis(1));
    assertThat(stage.reserve(stage.claim(limited(1)))).isEqualTo(TrafficStage.PASSED);
  }

  @Test
  void a_request_counts_once_however_often_it_is_reserved(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim claim = stage.claim(limited(2));
    for (int i = 0; i < 5; i++) {
      assertThat(stage.reserve(claim)).isEqualTo(TrafficStage.PASSED);
    }

    assertThat(stage.reserve(stage.claim(limited(2)))).isEqualTo(TrafficStage.PASSED);
    assertThat(stage.reserve(stage.claim(limited(2))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());
  }

  @Test
  void what_was_not_admitted_after_all_is_given_back(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim(limited(1));
    assertThat(stage.reserve(first)).isEqualTo(TrafficStage.PASSED);

    stage.traffic().release(first.requestId());

    assertThat(stage.reserve(stage.claim(limited(1)))).isEqualTo(TrafficStage.PASSED);
  }

  @Test
  void an_exhausted_parent_stops_a_child_that_has_calls_left_and_takes_none_of_them(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Bytes child = Sha256.of(Bytes.utf8("Bob's link"));
    CapabilityGrant bobs =
        new CapabilityGrant(child, List.of(LINK, child), List.of(calls(LINK, 1), calls(child, 5)));
    assertThat(stage.admit(stage.claim(limited(1)))).isEqualTo(TrafficStage.ADMITTED);

    assertThat(stage.reserve(stage.claim(Optional.of(bobs))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());
    assertThat(redis.<Boolean>call(r -> r.exists("talos:policy:pending:calls:" + child.hex())))
        .isFalse();
  }

  @Test
  void a_revocation_is_in_force_on_a_node_that_has_not_heard_of_it(Redis redis) {
    TrafficStage other = new TrafficStage(redis);
    assertThat(other.reserve(other.claim(limited(LIMIT)))).isEqualTo(TrafficStage.PASSED);

    TestRevocations truth = TestRevocations.of(LINK);
    other.database(truth);
    new RevocationWatch(truth, Randomness.secure()).announce(1, other.traffic().limiter());

    assertThat(other.reserve(other.claim(limited(LIMIT))))
        .isEqualTo(ErrorCode.CAPABILITY_REVOKED.name());
  }

  @Test
  void a_redis_that_lost_its_epoch_is_mended_from_the_database_and_forgets_no_revocation(
      Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    assertThat(stage.reserve(stage.claim(limited(LIMIT)))).isEqualTo(TrafficStage.PASSED);
    stage.database(TestRevocations.of(id("a"), id("b"), LINK));

    redis.call(RedisClient::flushAll);

    assertThat(stage.reserve(stage.claim(limited(LIMIT))))
        .isEqualTo(ErrorCode.CAPABILITY_REVOKED.name());
    assertThat(redis.<String>call(r -> r.get("talos:policy:epoch"))).isEqualTo("3");
  }

  @Test
  void an_epoch_never_goes_back_because_a_slow_node_speaks_late(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    stage.traffic().limiter().raiseEpoch(9, Optional.empty());

    stage.traffic().limiter().raiseEpoch(8, Optional.empty());

    assertThat(redis.<String>call(r -> r.get("talos:policy:epoch"))).isEqualTo("9");
  }

  @Test
  void a_database_that_was_restored_is_believed_over_redis(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    stage.traffic().limiter().raiseEpoch(9, Optional.empty());
    stage.database(TestRevocations.of(id("a"), id("b"), id("c"), id("d")));

    assertThat(stage.reserve(stage.claim(limited(LIMIT)))).isEqualTo(TrafficStage.PASSED);
    assertThat(redis.<String>call(r -> r.get("talos:policy:epoch"))).isEqualTo("4");
  }

  private static Optional<CapabilityGrant> limited(int calls) {
    return Optional.of(new CapabilityGrant(LINK, List.of(LINK), List.of(calls(LINK, calls))));
  }

  private static Allowance calls(Bytes link, long limit) {
    return new Allowance(Kind.CALLS, link, limit, 1, END);
  }

  private static Optional<CapabilityGrant> spending(long price, long... limits) {
    List<Allowance> allowances = new ArrayList<>();
    for (long limit : limits) {
      allowances.add(new Allowance(Kind.SPEND, id("link" + allowances.size()), limit, 0, END));
    }
    return Optional.of(new CapabilityGrant(LINK, List.of(LINK), allowances).priced(price));
  }

  @Test
  void money_is_never_spent_beyond_the_tightest_link_whatever_the_calls_cost(Redis redis)
      throws Exception {
    TrafficStage stage = new TrafficStage(redis);
    List<Callable<String>> attempts = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      long price = 1L + i % 7;
      boolean flush = i % 30 == 11;
      attempts.add(
          () -> {
            if (flush) {
              redis.call(RedisClient::flushAll);
            }
            return stage.admit(stage.claim(spending(price, 1_000_000, 50)));
          });
    }

    List<String> answers = together(attempts);

    assertThat(answers).containsOnly(TrafficStage.ADMITTED, ErrorCode.CAPABILITY_EXHAUSTED.name());
    assertThat(stage.journalled(Kind.SPEND, id("link1"))).isBetween(1L, 50L);
    assertThat(stage.journalled(Kind.SPEND, id("link0")))
        .isEqualTo(stage.journalled(Kind.SPEND, id("link1")));
  }

  @Test
  void a_call_that_costs_more_than_is_left_is_refused_and_a_cheaper_one_still_passes(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    assertThat(stage.admit(stage.claim(spending(90, 100)))).isEqualTo(TrafficStage.ADMITTED);

    assertThat(stage.admit(stage.claim(spending(11, 100))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());
    assertThat(stage.admit(stage.claim(spending(10, 100)))).isEqualTo(TrafficStage.ADMITTED);
    assertThat(stage.admit(stage.claim(spending(1, 100))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());
    assertThat(stage.admit(stage.claim(spending(0, 100)))).isEqualTo(TrafficStage.ADMITTED);
  }

  @Test
  void money_that_a_dead_node_held_comes_back_when_it_gives_up_and_not_before(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    assertThat(stage.reserve(stage.claim(spending(60, 100)))).isEqualTo(TrafficStage.PASSED);
    assertThat(stage.reserve(stage.claim(spending(40, 100)))).isEqualTo(TrafficStage.PASSED);

    stage.pass(Traffic.RESERVATION_LIFETIME.minusMillis(1));
    assertThat(stage.reserve(stage.claim(spending(1, 100))))
        .isEqualTo(ErrorCode.CAPABILITY_EXHAUSTED.name());

    stage.pass(java.time.Duration.ofMillis(1));
    assertThat(stage.reserve(stage.claim(spending(100, 100)))).isEqualTo(TrafficStage.PASSED);
  }

  private static Bytes id(String name) {
    return Sha256.of(Bytes.utf8(name));
  }

  private static List<String> together(List<Callable<String>> attempts) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(24);
    try {
      List<String> answers = new ArrayList<>();
      for (Future<String> answer : threads.invokeAll(attempts, 60, TimeUnit.SECONDS)) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      threads.shutdownNow();
    }
  }
}
