package io.talos.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory writes a time that two readers read differently. */
class Rfc3339Test {
  @ParameterizedTest
  @CsvSource({
    "2026-11-30T05:00:00Z, 2026-11-30T05:00:00.000Z",
    "2026-11-30t05:00:00.5z, 2026-11-30T05:00:00.500Z",
    "2026-11-30T05:00:00.123+01:30, 2026-11-30T03:30:00.123Z",
    "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
  })
  void every_offset_is_the_same_instant(String text, String wire) {
    assertThat(WireTime.format(Rfc3339.parse(text))).isEqualTo(wire);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-11-30",
        "2026-11-30T05:00Z",
        "2026-11-30T05:00:00",
        "2026-11-30 05:00:00Z",
        "2026-11-30T05:00:00.1234Z",
        "2026-11-30T05:00:00 01:00",
        "2026-02-29T05:00:00Z",
        "2026-11-30T24:00:00Z",
        "2026-11-30T05:00:60Z",
        "2026-11-30T05:00:00+19:00",
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "+12026-11-30T05:00:00Z",
        "２０26-11-30T05:00:00Z"
      })
  void anything_else_is_no_time(String text) {
    assertThatThrownBy(() -> Rfc3339.parse(text))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT));
  }

  @Test
  void what_talos_writes_is_read_back() {
    Instant now = Instant.parse("2026-11-30T05:00:00.007Z");

    assertThat(Rfc3339.parse(WireTime.format(now))).isEqualTo(now);
  }
}
