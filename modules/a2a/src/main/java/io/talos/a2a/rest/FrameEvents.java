package io.talos.a2a.rest;

import io.talos.a2a.FramePage;
import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;

/**
 * A page of an inbox as server-sent events. A stream ends with its page: the reader comes back with
 * the last id, as every event source does, so a reader that takes nothing holds one page and no
 * more.
 *
 * <p>Source: WHATWG HTML §9.2.6, "Interpreting an event stream".
 */
final class FrameEvents {
  /** Milliseconds until an event source comes back. */
  private static final int RETRY_MILLIS = 100;

  private FrameEvents() {}

  /** The text of a page; the id is good once everything before it has come. */
  static String of(FramePage page) {
    StringBuilder text = new StringBuilder("retry: ").append(RETRY_MILLIS).append("\n\n");
    for (StoredFrame stored : page.frames()) {
      text.append("event: frame\ndata: ").append(data(stored)).append("\n\n");
    }
    return text.append("event: page\nid: ")
        .append(page.nextCursor())
        .append("\ndata: ")
        .append(page.frames().size())
        .append("\n\n")
        .toString();
  }

  private static String data(StoredFrame stored) {
    return Json.createObjectBuilder()
        .add("position", stored.inboxPosition())
        .add("accepted_at", WireTime.format(stored.acceptedAt()))
        .add("frame", stored.content().toJson())
        .build()
        .toString();
  }
}
