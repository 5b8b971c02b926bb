package io.talos.audit.rest;

import io.talos.audit.FollowLog;
import io.talos.audit.event.LogCursor;
import io.talos.audit.event.Logged;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;

/**
 * A page of events as server-sent events. A stream ends with its page: the reader comes back with
 * the last id, as every event source does, so a reader that takes nothing holds one page and no
 * more.
 *
 * <p>Source: WHATWG HTML §9.2.6, "Interpreting an event stream".
 */
final class StreamText {
  private static final int RETRY_MILLIS = 100;
  private static final int RETRY_SLOW_MILLIS = 30_000;

  private StreamText() {}

  /** The text of a page; each event's id is the place behind it. */
  static String of(FollowLog.Page page) {
    StringBuilder text = new StringBuilder("retry: ").append(RETRY_MILLIS).append("\n\n");
    for (Logged logged : page.events()) {
      LogCursor after = new LogCursor(page.next().logId(), logged.logSeq() + 1);
      text.append("event: audit_event\nid: ").append(after.text());
      text.append("\ndata: ").append(logged.event()).append("\n\n");
    }
    String cursor = page.next().text();
    JsonObject data =
        Json.createObjectBuilder().add("last_cursor", cursor).add("behind", page.behind()).build();
    return text.append("event: heartbeat\nid: ")
        .append(cursor)
        .append("\ndata: ")
        .append(data)
        .append("\n\n")
        .toString();
  }

  /** The end of a stream whose reader is to know why; it has no id, so nothing is passed over. */
  static String end(ErrorCode code) {
    JsonObject data =
        Json.createObjectBuilder().add("code", code.name()).add("title", code.title()).build();
    return "retry: " + RETRY_SLOW_MILLIS + "\n\nevent: error\ndata: " + data + "\n\n";
  }
}
