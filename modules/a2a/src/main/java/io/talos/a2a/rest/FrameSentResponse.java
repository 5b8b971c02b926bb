package io.talos.a2a.rest;

import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;

/** The acknowledgement of a frame: it is durable; schema {@code a2a/frame_receipt.v1}. */
public record FrameSentResponse(
    @JsonbProperty("session_id") String sessionId,
    @JsonbProperty("sender_seq") long senderSeq,
    long position,
    @JsonbProperty("frame_digest") String frameDigest,
    @JsonbProperty("accepted_at") String acceptedAt) {

  static FrameSentResponse of(StoredFrame stored) {
    return new FrameSentResponse(
        stored.content().sessionId().text(),
        stored.content().senderSeq(),
        stored.position(),
        stored.content().frameDigest(),
        WireTime.format(stored.acceptedAt()));
  }
}
