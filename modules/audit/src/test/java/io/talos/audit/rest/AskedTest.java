package io.talos.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mallory wants the database to choke on what she looks for, or a filter to be overlooked. */
class AskedTest {
  private static Asked asked(Map<String, List<String>> query) {
    return Asked.of(query, EventFilter.NAMES, "cursor", "limit");
  }

  private static void assertRefused(Map<String, List<String>> query) {
    assertThatThrownBy(() -> asked(query).filter())
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT));
  }

  @Test
  void a_filter_up_to_its_length_is_asked_for() {
    String longest = "a".repeat(EventFilter.CHARACTERS_MAX);

    assertThat(asked(Map.of("kind", List.of(longest))).filter().kind()).contains(longest);
    assertRefused(Map.of("kind", List.of(longest + "a")));
  }

  @Test
  void a_filter_with_a_nul_never_reaches_the_database() {
    assertRefused(Map.of("kind", List.of("request.\0admitted")));
    assertRefused(Map.of("resource", List.of("\0")));
  }

  @Test
  void a_filter_that_is_misspelt_empty_or_there_twice_is_not_passed_over() {
    assertRefused(Map.of("principel", List.of("did:key:zBob")));
    assertRefused(Map.of("Kind", List.of("agent.registered")));
    assertRefused(Map.of("kind", List.of("")));
    assertRefused(Map.of("kind", List.of("agent.registered", "agent.revoked")));
    assertRefused(Map.of("kind", List.of("agent.registered", "agent.registered")));
  }

  @ParameterizedTest
  @CsvSource({
    "result, SUCCESS",
    "result, ok",
    "request, 1",
    "request, 01890A5E-7C3A-7000-8000-000000000001",
    "from, yesterday",
    "to, 2026-11-30T05:00:00"
  })
  void what_cannot_be_one_is_refused(String name, String value) {
    assertRefused(Map.of(name, List.of(value)));
  }

  @Test
  void a_window_that_ends_when_it_begins_is_none() {
    String at = "2026-11-30T05:00:00Z";

    assertRefused(Map.of("from", List.of(at), "to", List.of(at)));
    assertThat(
            asked(Map.of("from", List.of(at), "to", List.of("2026-11-30T05:00:00.001Z"))).filter())
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "201", "1.0", "01", "1e2", "99999999999999999"})
  void a_page_has_1_to_200_events(String limit) {
    Asked asked = asked(Map.of("limit", List.of(limit)));

    assertThatThrownBy(() -> asked.number("limit", 1, 200, 100)).isInstanceOf(TalosException.class);
    assertThat(asked(Map.of()).number("limit", 1, 200, 100)).isEqualTo(100);
    assertThat(asked(Map.of("limit", List.of("200"))).number("limit", 1, 200, 100)).isEqualTo(200);
  }
}
