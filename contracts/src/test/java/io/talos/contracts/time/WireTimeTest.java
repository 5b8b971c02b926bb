package io.talos.contracts.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Time has one text. */
class WireTimeTest {
  @Test
  void every_millisecond_survives_the_wire() {
    Random random = new Random(3);
    long end = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    for (int i = 0; i < 5_000; i++) {
      Instant instant = Instant.ofEpochMilli(random.nextLong(end));

      assertThat(WireTime.parse(WireTime.format(instant))).isEqualTo(instant);
    }
  }

  @Test
  void what_is_finer_than_a_millisecond_is_cut_and_never_rounded_up() {
    Instant fine = Instant.parse("2026-11-21T08:09:10.999999999Z");

    assertThat(WireTime.format(fine)).isEqualTo("2026-11-21T08:09:10.999Z");
    assertThat(WireTime.parse(WireTime.format(fine))).isEqualTo(WireTime.cut(fine));
  }

  @Test
  void a_year_that_four_digits_cannot_hold_is_not_written() {
    for (String text : new String[] {"+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"}) {
      Instant instant = Instant.parse(text);

      assertThatThrownBy(() -> WireTime.format(instant))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
