package io.talos.a2a.rest;

import io.talos.a2a.FramePage;
import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Some frames in the server's order; schema {@code a2a/frame_page.v1}.
 *
 * @param nextCursor to go on from, also when nothing more is there yet
 */
public record FramePageResponse(
    List<Item> frames, @JsonbProperty("next_cursor") String nextCursor) {

  /** A frame with its place in the order that was asked for. */
  public record Item(
      long position, @JsonbProperty("accepted_at") String acceptedAt, JsonObject frame) {
    static Item of(StoredFrame stored, long position) {
      return new Item(position, WireTime.format(stored.acceptedAt()), stored.content().toJson());
    }
  }

  static FramePageResponse of(FramePage page) {
    return of(page, StoredFrame::position);
  }

  static FramePageResponse ofInbox(FramePage page) {
    return of(page, StoredFrame::inboxPosition);
  }

  private static FramePageResponse of(FramePage page, ToLongFunction<StoredFrame> place) {
    return new FramePageResponse(
        page.frames().stream().map(stored -> Item.of(stored, place.applyAsLong(stored))).toList(),
        page.nextCursor());
  }
}
