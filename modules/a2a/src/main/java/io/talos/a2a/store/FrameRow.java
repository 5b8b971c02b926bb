package io.talos.a2a.store;

import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.id.UuidV7;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of {@code a2a.frame}, read only: the store writes it in one statement. */
@Entity
@Table(schema = "a2a", name = "frame")
@IdClass(FrameRow.Key.class)
class FrameRow {
  @Id
  @Column(name = "session_id")
  String sessionId;

  @Id
  @Column(name = "sender_id")
  String senderId;

  @Id
  @Column(name = "sender_seq")
  long senderSeq;

  @Column(name = "recipient_id")
  String recipientId;

  long position;

  @Column(name = "inbox_position")
  long inboxPosition;

  byte[] header;
  byte[] ciphertext;

  @Column(name = "frame_digest")
  String frameDigest;

  @Column(name = "ciphertext_hash")
  String ciphertextHash;

  byte[] signature;

  @Column(name = "created_at")
  OffsetDateTime createdAt;

  @Column(name = "expires_at")
  OffsetDateTime expiresAt;

  @Column(name = "accepted_at")
  OffsetDateTime acceptedAt;

  /** For the persistence provider only, which fills every field. */
  @SuppressWarnings("NullAway.Init")
  FrameRow() {}

  StoredFrame stored() {
    return new StoredFrame(
        new UnverifiedFrame(
            new UuidV7(sessionId),
            senderId,
            senderSeq,
            Bytes.of(header),
            Bytes.of(ciphertext),
            frameDigest,
            ciphertextHash,
            createdAt.toInstant(),
            expiresAt.toInstant(),
            Bytes.of(signature)),
        recipientId,
        position,
        inboxPosition,
        acceptedAt.toInstant());
  }

  /** The primary key, as JPA wants it. */
  static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Nullable String sessionId;
    @Nullable String senderId;
    long senderSeq;

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && Objects.equals(sessionId, key.sessionId)
          && Objects.equals(senderId, key.senderId)
          && senderSeq == key.senderSeq;
    }

    @Override
    public int hashCode() {
      return Objects.hash(sessionId, senderId, senderSeq);
    }
  }
}
