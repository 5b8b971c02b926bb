package io.talos.audit.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.FollowLog;
import io.talos.audit.event.LogCursor;
import io.talos.audit.event.Logged;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory has a line feed written into the stream, or an error that passes something over. */
class StreamTextTest {
  @Test
  void each_event_is_one_line_under_the_place_behind_it() {
    Logged logged =
        new Logged(4, Json.createObjectBuilder().add("id", "x\n\ndata: {}\rid: 9").build());

    String text = StreamText.of(new FollowLog.Page(List.of(logged), new LogCursor(1, 9), 2));

    assertThat(text.split("\n\n"))
        .containsExactly(
            "retry: 100",
            "event: audit_event\nid: "
                + new LogCursor(1, 5).text()
                + "\ndata: {\"id\":\"x\\n\\ndata: {}\\rid: 9\"}",
            "event: heartbeat\nid: "
                + new LogCursor(1, 9).text()
                + "\ndata: {\"last_cursor\":\""
                + new LogCursor(1, 9).text()
                + "\",\"behind\":2}");
  }

  @Test
  void the_end_of_a_slow_reader_has_a_code_and_no_place() {
    assertThat(StreamText.end(ErrorCode.AUDIT_SLOW_CONSUMER))
        .contains("event: error\ndata: {\"code\":\"AUDIT_SLOW_CONSUMER\"")
        .doesNotContain("id:")
        .endsWith("\n\n");
  }
}
