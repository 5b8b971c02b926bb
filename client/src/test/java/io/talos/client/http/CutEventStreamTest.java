package io.talos.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import org.junit.jupiter.api.Test;

/** A stream that is cut, padded or oddly divided gives exactly the events that it finished. */
class CutEventStreamTest {
  @Test
  void every_line_end_divides_lines_and_an_empty_line_ends_an_event() {
    assertThat(EventStream.data(Bytes.utf8("data: a\n\ndata:b\r\n\r\ndata: c\r\r")))
        .containsExactly("a", "b", "c");
  }

  @Test
  void several_data_lines_are_one_event_and_only_one_space_is_dropped() {
    assertThat(EventStream.data(Bytes.utf8("data:  a\ndata\ndata: b\n\n")))
        .containsExactly(" a\n\nb");
  }

  @Test
  void comments_names_ids_and_events_without_data_are_passed_over() {
    String noise = "\uFEFF: hello\n\nevent: message\nid: 1\nretry: 5\n\ndatum: x\n\n";

    assertThat(EventStream.data(Bytes.utf8(noise.concat("event: message\ndata: {}\n\n"))))
        .containsExactly("{}");
  }

  @Test
  void an_event_that_the_end_cuts_off_is_dropped() {
    assertThat(EventStream.data(Bytes.utf8("data: a\n\ndata: b\n"))).containsExactly("a");
    assertThat(EventStream.data(Bytes.utf8("data: a\n\ndata: b"))).containsExactly("a");
    assertThat(EventStream.data(Bytes.empty())).isEmpty();
  }

  @Test
  void too_many_events_are_refused() {
    String most = "data: a\n\n".repeat(Limits.STREAM_EVENTS_MAX);

    assertThat(EventStream.data(Bytes.utf8(most))).hasSize(Limits.STREAM_EVENTS_MAX);
    assertThatThrownBy(() -> EventStream.data(Bytes.utf8(most + "data: b\n\n")))
        .isInstanceOf(TalosException.class);
  }
}
