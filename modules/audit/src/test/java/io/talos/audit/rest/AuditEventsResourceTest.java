package io.talos.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.tree.Limits;
import org.junit.jupiter.api.Test;

/** Mallory wants the database to choke on what she looks for. */
class AuditEventsResourceTest {
  @Test
  void a_filter_up_to_its_length_is_asked_for() {
    assertThat(AuditEventsResource.isUsable(null)).isTrue();
    assertThat(AuditEventsResource.isUsable("request.admitted")).isTrue();
    assertThat(AuditEventsResource.isUsable("a".repeat(Limits.FILTER_CHARACTERS_MAX))).isTrue();
    assertThat(AuditEventsResource.isUsable("a".repeat(Limits.FILTER_CHARACTERS_MAX + 1)))
        .isFalse();
  }

  @Test
  void a_filter_with_a_nul_never_reaches_the_database() {
    assertThat(AuditEventsResource.isUsable("request.\0admitted")).isFalse();
  }
}
