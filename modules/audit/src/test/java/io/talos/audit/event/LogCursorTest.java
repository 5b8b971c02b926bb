package io.talos.audit.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory forges a place in the log. */
class LogCursorTest {
  @Test
  void what_is_written_is_read_back() {
    LogCursor cursor = new LogCursor(3, 9_999_999_999L);

    assertThat(LogCursor.parse(cursor.text())).isEqualTo(cursor);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1:", ":1", "0:1", "1:-1", "01:1", "1:01", "1:1 ", "1:1:1"})
  void another_pair_is_none(String pair) {
    assertRefused(Base64Url.encode(Bytes.utf8(pair)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "MTox=", "MToxMTox", "é"})
  void another_text_is_none(String text) {
    assertRefused(text);
    assertRefused(text + "A".repeat(70));
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(() -> LogCursor.parse(text))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR));
  }
}
