package io.talos.contracts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;

/** Mallory asks for pages, times and ids. */
class ForeignCursorFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_cursor_a_time_or_an_id_is_refused_or_the_only_text_of_its_value(byte[] data) {
    String text = Bytes.of(data).utf8();

    Foreign.read(() -> EventCursor.parse(text))
        .ifPresent(cursor -> assertThat(cursor.text()).isEqualTo(text));
    Foreign.read(() -> WireTime.parse(text))
        .ifPresent(time -> assertThat(WireTime.format(time)).isEqualTo(text));
    Foreign.read(() -> new UuidV7(text))
        .ifPresent(id -> assertThat(id.uuid().toString()).isEqualTo(text));
  }
}
