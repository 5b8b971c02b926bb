package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory wants to fill the audit log by being refused as fast as she can. */
class RefusalFoldTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private static final RefusalFold.Caller MALLORY = agent("mallory");
  private static final RefusalFold.Caller BOB = agent("bob");

  private final RefusalFold fold = new RefusalFold();

  private static RefusalFold.Caller agent(String id) {
    return new RefusalFold.Caller(
        new Principal(PrincipalKind.AGENT, id, Set.of(), AuthMode.SIGNED), "");
  }

  private static RefusalFold.Caller stranger(String address) {
    return new RefusalFold.Caller(Principal.anonymous(), address);
  }

  @Test
  void the_first_refusal_is_told_at_once() {
    assertThat(fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON)).contains(0);
  }

  @Test
  void a_thousand_refusals_within_a_second_make_one_event() {
    int events = 0;
    for (int i = 0; i < 1000; i++) {
      events +=
          fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON.plusMillis(i % 1000)).isPresent()
              ? 1
              : 0;
    }
    assertThat(events).isEqualTo(1);
  }

  @Test
  void the_next_event_says_how_many_it_stands_for() {
    fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON);
    fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON.plusMillis(1));
    fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON.plusMillis(999));

    // Exactly one second after the window's start the next window begins.
    assertThat(fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON.plusSeconds(1))).contains(2);
  }

  @Test
  void another_code_and_another_caller_have_windows_of_their_own() {
    fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON);

    assertThat(fold.count(MALLORY, ErrorCode.REPLAY_DETECTED, NOON)).contains(0);
    assertThat(fold.count(BOB, ErrorCode.AUTH_INVALID, NOON)).contains(0);
  }

  @Test
  void what_stayed_untold_is_drained_once_its_window_is_over_and_only_once() {
    fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON);
    fold.count(MALLORY, ErrorCode.AUTH_INVALID, NOON.plusMillis(5));

    assertThat(fold.drain(NOON.plusMillis(999))).isEmpty();
    assertThat(fold.drain(NOON.plusSeconds(1)))
        .containsExactly(
            new RefusalFold.Untold(new RefusalFold.Key(MALLORY, ErrorCode.AUTH_INVALID), 1));
    assertThat(fold.drain(NOON.plusSeconds(2))).isEmpty();
  }

  @Test
  void a_million_addresses_do_not_fill_the_memory() {
    int told = 0;
    for (int i = 0; i < RefusalFold.CALLERS_MAX + 5000; i++) {
      told +=
          fold.count(stranger("address-" + i), ErrorCode.AUTH_INVALID, NOON).isPresent() ? 1 : 0;
    }

    // Everybody beyond the bound shares one window, so one more event and no more.
    assertThat(told).isEqualTo(RefusalFold.CALLERS_MAX + 1);
    assertThat(fold.drain(NOON.plusSeconds(1)))
        .singleElement()
        .extracting(RefusalFold.Untold::count)
        .isEqualTo(4999);
  }
}
