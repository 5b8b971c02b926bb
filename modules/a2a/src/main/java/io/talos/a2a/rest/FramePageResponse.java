package io.talos.a2a.rest;

import io.talos.a2a.FetchFrames;
import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Some frames in the server's order; schema {@code a2a/frame_page.v1}.
 *
 * @param nextCursor to go on from, also when nothing more is there yet
 */
public record FramePageResponse(
    List<Item> frames, @JsonbProperty("next_cursor") String nextCursor) {

  /** A frame with its place. */
  public record Item(
      long position, @JsonbProperty("accepted_at") String acceptedAt, JsonObject frame) {
    static Item of(StoredFrame stored) {
      return new Item(
          stored.position(), WireTime.format(stored.acceptedAt()), stored.content().toJson());
    }
  }

  static FramePageResponse of(FetchFrames.Page page) {
    return new FramePageResponse(page.frames().stream().map(Item::of).toList(), page.nextCursor());
  }
}
