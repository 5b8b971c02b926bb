package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A frame was stored for its recipient. Ids, sizes and digests only: never header or ciphertext.
 *
 * @param sessionId which session
 * @param senderId who sent it
 * @param recipientId for whom it is
 * @param senderSeq its number at the sender
 * @param position its place in the recipient's order
 * @param ciphertextBytes size of the ciphertext in bytes
 * @param frameDigest the digest that the sender signed
 */
public record FrameAccepted(
    UuidV7 sessionId,
    String senderId,
    String recipientId,
    long senderSeq,
    long position,
    int ciphertextBytes,
    String frameDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "frame.accepted",
        new Resource("session", sessionId.text()),
        Json.createObjectBuilder()
            .add("sender_id", senderId)
            .add("recipient_id", recipientId)
            .add("sender_seq", senderSeq)
            .add("position", position)
            .add("ciphertext_bytes", ciphertextBytes)
            .add("frame_digest", frameDigest)
            .build());
  }
}
