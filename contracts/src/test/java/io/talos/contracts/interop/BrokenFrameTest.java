package io.talos.contracts.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** Transport frames and cursors of 1.x that are not quite what they should be. */
class BrokenFrameTest {
  private static final UuidV7 ID = new UuidV7("0190a5e0-7c3a-7000-8000-000000000001");

  @Test
  void every_frame_is_read_as_it_was_written() {
    for (V1WireFrame.Type type : V1WireFrame.Type.values()) {
      V1WireFrame frame = V1WireFrame.of(type, Bytes.utf8("payload"));

      assertThat(V1WireFrame.decode(frame.encode())).isEqualTo(frame);
    }
  }

  @Test
  void a_frame_cut_anywhere_is_truncated_and_one_that_is_garbage_is_not() {
    String json = V1WireFrame.of(V1WireFrame.Type.DATA, Bytes.utf8("x")).canonical().utf8();

    for (int end = 1; end < json.length(); end++) {
      refused(json.substring(0, end), "truncated");
    }
    refused(json + "}", "not a JSON object");
    refused("[]", "not a JSON object");
    refused("\u00de\u00ad", "not a JSON object");
  }

  @Test
  void wrong_members_have_one_code() {
    String good = "{\"flags\":0,\"payload\":\"\",\"type\":\"PING\",\"version\":1}";

    assertThat(V1WireFrame.read(Bytes.utf8(good)).type()).isEqualTo(V1WireFrame.Type.PING);
    refused(good.replace("\"version\":1", "\"version\":0"), "wrong form");
    refused(good.replace("\"version\":1", "\"version\":1.5"), "wrong form");
    refused(good.replace("\"version\":1", "\"version\":\"1\""), "wrong form");
    refused(good.replace("\"flags\":0", "\"flags\":1e300"), "wrong form");
    refused(good.replace("\"flags\":0", "\"flags\":null"), "wrong form");
    refused(good.replace("\"payload\":\"\"", "\"payload\":\"=\""), "base64url");
    refused(good.replace("PING", "ping"), "type");
    refused(good.replace("\"flags\":0,", ""), "member");
    refused(good.replace("{", "{\"nonce\":\"x\","), "member");
    refused(good.replace("{", "{\"flags\":0,"), "not a JSON object");
  }

  private static void refused(String json, String message) {
    assertThatThrownBy(() -> V1WireFrame.decode(Base64Url.encode(Bytes.utf8(json))))
        .as(json)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_FRAME_INVALID));
  }

  @Test
  void cursors_sort_by_number_and_never_by_their_text() {
    List<V1Cursor> cursors = new ArrayList<>();
    for (long seconds : new long[] {100, 9, 99, 0}) {
      cursors.add(new V1Cursor(seconds, ID));
    }

    assertThat(cursors.stream().sorted().map(V1Cursor::seconds)).containsExactly(0L, 9L, 99L, 100L);
    assertThat(cursors.stream().sorted(V1Cursor.NEWEST_FIRST).map(V1Cursor::seconds))
        .containsExactly(100L, 99L, 9L, 0L);
  }

  @Test
  void only_the_one_text_of_a_cursor_is_read() {
    for (String plain :
        new String[] {
          "01:" + ID,
          "-1:" + ID,
          "+1:" + ID,
          "1.0:" + ID,
          "1:" + ID + ":",
          ":" + ID,
          "1:",
          "1:" + ID.text().toUpperCase(Locale.ROOT),
          "9999999999999999:" + ID,
          "1 :" + ID
        }) {
      assertThatThrownBy(() -> V1Cursor.parse(Base64Url.encode(Bytes.utf8(plain))))
          .as(plain)
          .isInstanceOfSatisfying(
              TalosException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR));
    }
    V1Cursor cursor = new V1Cursor(1, ID);
    assertThat(V1Cursor.parse(cursor.text())).isEqualTo(cursor);
    assertThatThrownBy(() -> V1Cursor.parse(cursor.text() + "="))
        .isInstanceOf(TalosException.class);
  }

  @Test
  void a_cursor_of_another_event_is_told_from_one_that_cannot_be_read() {
    V1Cursor own = new V1Cursor(1, ID);

    assertThat(V1Cursor.require(event(own.text()))).isEqualTo(own);
    assertThatThrownBy(() -> V1Cursor.require(event(new V1Cursor(2, ID).text())))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR));
    assertThatThrownBy(() -> V1Cursor.require(event("nothing")))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_FRAME_INVALID));
  }

  private static JsonObject event(String cursor) {
    return Json.createObjectBuilder()
        .add("timestamp", 1)
        .add("event_id", ID.text())
        .add("cursor", cursor)
        .build();
  }
}
