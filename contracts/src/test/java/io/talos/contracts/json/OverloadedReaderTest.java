package io.talos.contracts.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonNumber;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Mallory sends little and wants much work done for it. */
@Threat("T-NETWORKDOS-01")
class OverloadedReaderTest {
  private static final Limits SMALL = new Limits(100, 3, 5);

  @Test
  void the_last_byte_that_is_allowed_is_read_and_the_next_is_not() {
    String filler = " ".repeat(98);

    assertThat(StrictJson.parse(Bytes.utf8("{}" + filler), SMALL).toString()).isEqualTo("{}");
    refused(ErrorCode.BODY_TOO_LARGE, "{}" + filler + " ", SMALL);
  }

  @Test
  void too_large_is_said_before_anything_is_looked_at() {
    refused(ErrorCode.BODY_TOO_LARGE, "\uD83D\uDE00{".repeat(100), SMALL);
  }

  @Test
  void the_deepest_value_that_is_allowed_is_read_and_the_next_is_not() {
    assertThat(StrictJson.parse(Bytes.utf8("[[[]]]"), SMALL).toString()).isEqualTo("[[[]]]");
    refused(ErrorCode.BODY_TOO_COMPLEX, "[[[[]]]]", SMALL);
    refused(ErrorCode.BODY_TOO_COMPLEX, "{\"a\":[{\"b\":{}}]}", SMALL);
  }

  @Test
  void a_scalar_below_the_deepest_container_counts_as_a_level() {
    refused(ErrorCode.BODY_TOO_COMPLEX, "[[[1]]]", SMALL);
  }

  @Test
  void the_last_value_that_is_allowed_is_read_and_the_next_is_not() {
    assertThat(StrictJson.parse(Bytes.utf8("[1,2,3,4]"), SMALL).asJsonArray()).hasSize(4);
    refused(ErrorCode.BODY_TOO_COMPLEX, "[1,2,3,4,5]", SMALL);
  }

  @Test
  void members_count_as_values_however_many_objects_they_hide_in() {
    refused(ErrorCode.BODY_TOO_COMPLEX, "[{\"a\":1},{\"a\":1},{\"a\":1}]", SMALL);
  }

  @Test
  void numbers_keep_their_exact_value() {
    for (String text : new String[] {"9007199254740993", "0.1", "1e-7", "-12.50"}) {
      JsonNumber number = (JsonNumber) StrictJson.parse(Bytes.utf8(text), SMALL);

      assertThat(number.bigDecimalValue()).isEqualTo(new BigDecimal(text));
    }
  }

  @Test
  void the_furthest_exponent_is_cheap_to_compute_with() {
    JsonNumber tiny = (JsonNumber) StrictJson.parse(Bytes.utf8("1e-400"), SMALL);
    JsonNumber huge = (JsonNumber) StrictJson.parse(Bytes.utf8("1e308"), SMALL);

    assertThat(tiny.bigIntegerValue().signum()).isZero();
    assertThat(huge.bigIntegerValue().bitLength()).isLessThan(1_100);
    refused(ErrorCode.BODY_TOO_COMPLEX, "1e-401", SMALL);
  }

  @Test
  void only_an_object_is_an_object() {
    assertThatThrownBy(() -> StrictJson.parseObject(Bytes.utf8("[]"), SMALL))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_JSON));
  }

  private static void refused(ErrorCode code, String text, Limits limits) {
    assertThatThrownBy(() -> StrictJson.parse(Bytes.utf8(text), limits))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
