package io.talos.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.Traffic.Answer;
import io.talos.contracts.port.Traffic.Claim;
import io.talos.contracts.port.Traffic.Verdict;
import io.talos.contracts.registry.Threat;
import io.talos.policy.limits.Limits;
import io.talos.runtime.redis.Redis;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The aim: to have a thing done twice, or to read somebody else's answer. */
@Threat("T-REPLAY-01")
@ExtendWith(RealRedis.class)
class RepeatedRequestTest {
  private static final Optional<String> KEY = Optional.of("order-1");
  private static final Answer ANSWER =
      new Answer(201, "application/json", Bytes.utf8("{\"key\":\"tvk_secret\"}"));

  @Test
  void the_same_request_gets_the_same_answer_and_runs_once(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim("did:key:alice", KEY, "body");
    assertThat(stage.reserve(first)).isEqualTo(TrafficStage.PASSED);
    stage.traffic().remember(first, ANSWER);

    Verdict again = stage.traffic().reserve(stage.claim("did:key:alice", KEY, "body"));

    assertThat(
            again.<Optional<Answer>>match(
                passed -> Optional.empty(),
                before -> Optional.of(before.answer()),
                stopped -> Optional.empty()))
        .contains(ANSWER);
  }

  @Test
  void a_second_one_while_the_first_runs_has_to_wait(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    stage.reserve(stage.claim("did:key:alice", KEY, "body"));

    assertThat(stage.reserve(stage.claim("did:key:alice", KEY, "body")))
        .isEqualTo(ErrorCode.IDEMPOTENCY_IN_PROGRESS.name());
  }

  @Test
  void another_body_under_the_same_key_is_refused_before_and_after_the_answer(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim("did:key:alice", KEY, "body");
    stage.reserve(first);

    assertThat(stage.reserve(stage.claim("did:key:alice", KEY, "other")))
        .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSE_CONFLICT.name());

    stage.traffic().remember(first, ANSWER);
    assertThat(stage.reserve(stage.claim("did:key:alice", KEY, "other")))
        .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSE_CONFLICT.name());
  }

  @Test
  void mallory_cannot_read_alices_answer_with_alices_key(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim("did:key:alice", KEY, "body");
    stage.reserve(first);
    stage.traffic().remember(first, ANSWER);

    assertThat(stage.reserve(stage.claim("did:key:mallory", KEY, "body")))
        .isEqualTo(TrafficStage.PASSED);
  }

  @Test
  void whoever_reads_redis_finds_neither_answers_nor_callers(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim("did:key:alice", KEY, "body");
    stage.reserve(first);
    stage.traffic().remember(first, ANSWER);
    stage.traffic().byAddress("192.0.2.7", stage.now());
    stage.traffic().byNewcomer("192.0.2.7", first.surface(), stage.now());

    StringBuilder everything = new StringBuilder();
    for (String name : redis.call(r -> r.keys("*"))) {
      everything.append(name).append(' ');
      if (redis.<String>call(r -> r.type(name)).equals("hash")) {
        everything.append(redis.<Object>call(r -> r.hgetAll(name))).append(' ');
      }
    }

    assertThat(everything.toString()).doesNotContain("tvk_secret", "alice", "192.0.2.7", "order-1");
  }

  @Test
  void an_answer_too_large_to_keep_still_lets_nothing_run_twice(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim("did:key:alice", KEY, "body");
    stage.reserve(first);
    stage
        .traffic()
        .remember(
            first, new Answer(200, "text/plain", Bytes.of(new byte[Limits.ANSWER_BYTES_MAX + 1])));

    assertThat(stage.reserve(stage.claim("did:key:alice", KEY, "body")))
        .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSE_CONFLICT.name());
  }

  @Test
  void a_request_that_was_released_may_be_tried_again_and_its_late_answer_harms_nobody(
      Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    Claim first = stage.claim("did:key:alice", KEY, "body");
    stage.reserve(first);
    stage.traffic().release(first.requestId());

    Claim second = stage.claim("did:key:alice", KEY, "body");
    assertThat(stage.reserve(second)).isEqualTo(TrafficStage.PASSED);

    stage.traffic().remember(first, ANSWER);
    assertThat(stage.reserve(stage.claim("did:key:alice", KEY, "body")))
        .isEqualTo(ErrorCode.IDEMPOTENCY_IN_PROGRESS.name());
  }

  @Test
  void a_key_that_is_none_is_refused(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);

    for (String key : new String[] {"", " ", "a b", "a\nb", "\u00e9", "x".repeat(129)}) {
      assertThat(stage.reserve(stage.claim("did:key:alice", Optional.of(key), "body")))
          .as(key)
          .isEqualTo(ErrorCode.IDEMPOTENCY_KEY_INVALID.name());
    }
    assertThat(stage.reserve(stage.claim("did:key:alice", Optional.of("x".repeat(128)), "body")))
        .isEqualTo(TrafficStage.PASSED);
  }

  @Test
  void a_burst_passes_then_one_waits_for_the_next_token(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    for (int i = 0; i < 10; i++) {
      assertThat(byAddress(stage, "192.0.2.7")).isEqualTo(TrafficStage.PASSED);
    }

    assertThat(byAddress(stage, "192.0.2.7")).isEqualTo(ErrorCode.RATE_LIMITED.name());
    assertThat(byAddress(stage, "192.0.2.8")).isEqualTo(TrafficStage.PASSED);

    stage.pass(Duration.ofMillis(199));
    assertThat(byAddress(stage, "192.0.2.7")).isEqualTo(ErrorCode.RATE_LIMITED.name());
    stage.pass(Duration.ofMillis(1));
    assertThat(byAddress(stage, "192.0.2.7")).isEqualTo(TrafficStage.PASSED);
  }

  @Test
  void mallory_gets_no_more_by_another_address_of_her_own_network(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    for (int i = 0; i < 10; i++) {
      assertThat(byAddress(stage, "2001:db8:0:1::" + i)).isEqualTo(TrafficStage.PASSED);
    }

    assertThat(byAddress(stage, "2001:db8:0:1:ffff:ffff:ffff:ffff"))
        .isEqualTo(ErrorCode.RATE_LIMITED.name());
    assertThat(byAddress(stage, "2001:db8:0:2::1")).isEqualTo(TrafficStage.PASSED);
  }

  @Test
  void a_new_key_for_each_request_does_not_make_mallory_a_new_caller(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    for (int i = 0; i < 60; i++) {
      assertThat(byNewcomer(stage, "2001:db8:0:1::" + i)).isEqualTo(TrafficStage.PASSED);
    }

    assertThat(byNewcomer(stage, "2001:db8:0:1::beef")).isEqualTo(ErrorCode.RATE_LIMITED.name());
    assertThat(byNewcomer(stage, "192.0.2.7")).isEqualTo(TrafficStage.PASSED);

    // Asking again and again neither helps nor harms: one comes every minute.
    for (int i = 0; i < 59; i++) {
      stage.pass(Duration.ofSeconds(1));
      assertThat(byNewcomer(stage, "2001:db8:0:1::1")).isEqualTo(ErrorCode.RATE_LIMITED.name());
    }
    stage.pass(Duration.ofMillis(999));
    assertThat(byNewcomer(stage, "2001:db8:0:1::1")).isEqualTo(ErrorCode.RATE_LIMITED.name());
    stage.pass(Duration.ofMillis(1));
    assertThat(byNewcomer(stage, "2001:db8:0:1::1")).isEqualTo(TrafficStage.PASSED);
    assertThat(byNewcomer(stage, "2001:db8:0:1::1")).isEqualTo(ErrorCode.RATE_LIMITED.name());
  }

  private static String byNewcomer(TrafficStage stage, String address) {
    return TrafficStage.name(
        stage
            .traffic()
            .byNewcomer(address, stage.claim("did:key:new", KEY, "").surface(), stage.now()));
  }

  @Test
  void a_clock_that_is_set_back_brings_no_tokens(Redis redis) {
    TrafficStage stage = new TrafficStage(redis);
    for (int i = 0; i < 10; i++) {
      byAddress(stage, "192.0.2.7");
    }

    stage.pass(Duration.ofHours(-1));

    assertThat(byAddress(stage, "192.0.2.7")).isEqualTo(ErrorCode.RATE_LIMITED.name());
  }

  private static String byAddress(TrafficStage stage, String address) {
    return TrafficStage.name(stage.traffic().byAddress(address, stage.now()));
  }
}
