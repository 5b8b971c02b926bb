package io.talos.client.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the data of a finished event stream.
 *
 * <p>Source: WHATWG HTML §9.2.6, "Interpreting an event stream"; an event that the stream's end
 * cuts off is dropped.
 */
public final class EventStream {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private EventStream() {}

  /**
   * The data of every event that has some, in order.
   *
   * @throws TalosException {@link ErrorCode#UPSTREAM_RESPONSE_TOO_LARGE} beyond {@link
   *     Limits#STREAM_EVENTS_MAX} events
   */
  public static List<String> data(Bytes stream) {
    String text = stream.utf8();
    if (text.startsWith(BYTE_ORDER_MARK)) {
      text = text.substring(1);
    }
    List<String> events = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    boolean some = false;
    String[] lines = text.split("\r\n|\n|\r", -1);
    // What follows the last line end is no line.
    for (int i = 0; i < lines.length - 1; i++) {
      String line = lines[i];
      if (line.isEmpty()) {
        if (some) {
          add(events, data.toString());
        }
        data.setLength(0);
        some = false;
      } else if (line.equals("data") || line.startsWith("data:")) {
        data.append(some ? "\n" : "").append(value(line));
        some = true;
      }
    }
    return events;
  }

  private static String value(String line) {
    if (line.length() <= "data:".length()) {
      return "";
    }
    String value = line.substring("data:".length());
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private static void add(List<String> events, String data) {
    if (events.size() == Limits.STREAM_EVENTS_MAX) {
      throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "too many events");
    }
    events.add(data);
  }
}
