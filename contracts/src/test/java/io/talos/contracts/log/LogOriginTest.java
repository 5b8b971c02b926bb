package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Mallory wants a log of hers to be taken for one that followed Alice's. */
class LogOriginTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.007Z");

  @Test
  void a_log_that_follows_has_the_url_prefix_under_which_it_is_served() {
    String origin = LogOrigin.following("talos.example/audit/log", NOW);

    assertThat(origin).isEqualTo("talos.example/audit/logs/20260301T120000007Z");
    assertThat(LogOrigin.name(origin)).contains("20260301T120000007Z");
    assertThat(LogOrigin.isOf("talos.example/audit/log", origin)).isTrue();
  }

  @Test
  void a_first_log_with_a_name_of_its_own_is_followed_below_that_name() {
    String origin = LogOrigin.following("acme", NOW);

    assertThat(origin).isEqualTo("acme/20260301T120000007Z");
    assertThat(LogOrigin.isOf("acme", origin)).isTrue();
    assertThat(LogOrigin.name("acme")).isEmpty();
    assertThat(LogOrigin.isOf("acme", "acme")).isTrue();
  }

  @Test
  void another_installations_log_is_none_of_ours() {
    String first = "talos.example/audit/log";

    assertThat(LogOrigin.isOf(first, "mallory.example/audit/logs/20260301T120000007Z")).isFalse();
    assertThat(LogOrigin.isOf(first, "talos.example/audit/logs/x/20260301T120000007Z")).isFalse();
    assertThat(LogOrigin.isOf(first, "talos.example/audit/logs/20260301T12Z")).isFalse();
    assertThat(LogOrigin.isOf(first, "talos.example/audit/log2")).isFalse();
  }

  @Test
  void an_origin_that_no_key_could_be_named_after_is_not_made() {
    assertThatThrownBy(() -> LogOrigin.following("a".repeat(240), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
