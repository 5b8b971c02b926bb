package io.talos.identity.authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import io.talos.runtime.http.GuardedHttp;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Mallory stole an operator's signing key; the provider took it from its list. */
@Threat("T-IMPERSONATION-01")
class RetiredOperatorKeyTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Duration TICK = Duration.ofMillis(1);

  private Set<String> listed = Set.of("stolen", "kept");
  private boolean away;
  private int questions;
  private final OperatorKeys keys = new OperatorKeys(this::answer);

  private Set<String> answer() {
    questions++;
    assertThat(Thread.holdsLock(keys)).as("a slow provider holds up nobody else").isFalse();
    if (away) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "away");
    }
    return listed;
  }

  @Test
  void a_stolen_key_is_good_for_nothing_once_the_list_is_read_again() {
    assertThat(keys.isCurrent("stolen", NOW)).isTrue();
    listed = Set.of("kept");

    assertThat(keys.isCurrent("stolen", NOW.plus(Limits.OPERATOR_KEYS_FRESH).plus(TICK))).isFalse();
  }

  @Test
  void a_new_key_is_good_at_once() {
    assertThat(keys.isCurrent("kept", NOW)).isTrue();
    listed = Set.of("kept", "new");

    assertThat(keys.isCurrent("new", NOW)).isTrue();
  }

  @Test
  void a_holder_of_a_retired_key_cannot_make_us_ask_more_than_once_a_second() {
    listed = Set.of("kept");
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.isCurrent("stolen", NOW.plusMillis(i))).isFalse();
    }

    assertThat(questions).isEqualTo(2);
  }

  @Test
  void the_last_list_bridges_a_short_outage_but_no_long_one() {
    assertThat(keys.isCurrent("kept", NOW)).isTrue();
    away = true;

    assertThat(keys.isCurrent("kept", NOW.plus(Limits.OPERATOR_KEYS_STALE))).isTrue();
    assertThatThrownBy(
            () -> keys.isCurrent("kept", NOW.plus(Limits.OPERATOR_KEYS_STALE).plus(TICK)))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
  }

  @Test
  void while_the_provider_is_away_callers_do_not_queue_for_it() {
    assertThat(keys.isCurrent("kept", NOW)).isTrue();
    away = true;
    Instant stale = NOW.plus(Limits.OPERATOR_KEYS_FRESH).plus(TICK);
    for (int i = 0; i < 1_000; i++) {
      assertThat(keys.isCurrent("kept", stale.plusMillis(i))).isTrue();
    }
    assertThat(questions).isEqualTo(2);

    away = false;
    listed = Set.of("new");
    assertThat(keys.isCurrent("kept", stale.plus(Limits.OPERATOR_KEYS_OUTAGE_PAUSE))).isFalse();
  }

  @Test
  void who_comes_while_a_slow_provider_is_asked_asks_no_second_time_and_is_told_the_same()
      throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    AtomicInteger times = new AtomicInteger();
    OperatorKeys slow =
        new OperatorKeys(
            () -> {
              times.incrementAndGet();
              asked.countDown();
              try {
                answer.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return Set.of("kept");
            });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Future<Boolean> first = threads.submit(() -> slow.isCurrent("kept", NOW));
      asked.await(10, TimeUnit.SECONDS);
      Future<Boolean> second = threads.submit(() -> slow.isCurrent("kept", NOW));
      answer.countDown();

      assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(second.get(10, TimeUnit.SECONDS)).isTrue();
      assertThat(times).hasValue(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_provider_that_fails_in_a_way_nobody_expects_is_asked_again() {
    OperatorKeys broken =
        new OperatorKeys(
            () -> {
              questions++;
              throw new IllegalStateException("a bug");
            });

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> broken.isCurrent("kept", NOW))
          .isInstanceOf(IllegalStateException.class);
    }
    assertThat(questions).isEqualTo(2);
  }

  @Test
  void a_key_set_that_is_refused_late_too_large_or_no_key_set_is_not_available() {
    URI url = URI.create("https://idp.example/jwks");
    for (ErrorCode code :
        List.of(ErrorCode.UPSTREAM_TIMEOUT, ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE)) {
      unavailable(
          new KeySetDocument(
              url,
              asked -> {
                throw new TalosException(code, "refused");
              }));
    }
    unavailable(new KeySetDocument(url, asked -> page(302, "{\"keys\":[]}")));
    unavailable(new KeySetDocument(url, asked -> page(200, "{\"keys\":{}}")));
    assertThat(new KeySetDocument(url, asked -> page(200, "{\"keys\":[{\"kid\":\"a\"},1]}")).get())
        .containsExactly("a");
  }

  private static GuardedHttp.Answer page(int status, String body) {
    return new GuardedHttp.Answer(status, Map.of(), Bytes.utf8(body));
  }

  private static void unavailable(KeySetDocument document) {
    assertThatThrownBy(document::get)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
  }

  @Test
  void a_token_that_names_no_key_is_not_believed() {
    assertThat(keys.isCurrent("", NOW)).isFalse();
  }
}
