package io.talos.a2a.store;

import io.talos.a2a.frames.Frames;
import io.talos.a2a.frames.Lane;
import io.talos.a2a.frames.Limits;
import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.Check;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Frames in Postgres. */
@ApplicationScoped
public class FrameStore implements Frames {
  private static final String ADD =
      "insert into a2a.frame (session_id, sender_id, sender_seq, recipient_id, position, header,"
          + " ciphertext, frame_digest, ciphertext_hash, signature, created_at, expires_at,"
          + " accepted_at) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
          + " on conflict (session_id, sender_id, sender_seq) do nothing";

  // The ciphertexts before a frame decide whether it still fits, so that one always does.
  private static final String AFTER =
      "select * from (select c.*, sum(octet_length(c.ciphertext)) over (order by c.position)"
          + " - octet_length(c.ciphertext) as bytes_before from (select * from a2a.frame"
          + " where session_id = ?1 and recipient_id = ?2 and position > ?3 and expires_at > ?4"
          + " order by position limit ?5) c) f where f.bytes_before < ?6 order by f.position";

  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void open(Lane lane) {
    rows.persist(new LaneRow(lane));
    rows.flush();
  }

  @Override
  public Lane lane(UuidV7 session, String sender) {
    return rows.createQuery(
            "select l from LaneRow l where l.sessionId = :session and l.senderId = :sender",
            LaneRow.class)
        .setParameter("session", session.text())
        .setParameter("sender", sender)
        .getSingleResult()
        .lane();
  }

  @Override
  public boolean add(StoredFrame frame) {
    UnverifiedFrame content = frame.content();
    return rows.createNativeQuery(ADD)
            .setParameter(1, content.sessionId().text())
            .setParameter(2, content.senderId())
            .setParameter(3, content.senderSeq())
            .setParameter(4, frame.recipientId())
            .setParameter(5, frame.position())
            .setParameter(6, content.header().toArray())
            .setParameter(7, content.ciphertext().toArray())
            .setParameter(8, content.frameDigest())
            .setParameter(9, content.ciphertextHash())
            .setParameter(10, content.signature().toArray())
            .setParameter(11, content.createdAt().atOffset(ZoneOffset.UTC))
            .setParameter(12, content.expiresAt().atOffset(ZoneOffset.UTC))
            .setParameter(13, frame.acceptedAt().atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  @Override
  public void advance(Lane lane) {
    int changed =
        rows.createQuery(
                "update LaneRow l set l.highestSeq = :seq, l.position = :position"
                    + " where l.sessionId = :session and l.senderId = :sender"
                    + " and l.position = :before")
            .setParameter("seq", lane.highestSeq())
            .setParameter("position", lane.position())
            .setParameter("session", lane.sessionId().text())
            .setParameter("sender", lane.senderId())
            .setParameter("before", lane.position() - 1)
            .executeUpdate();
    Check.that(changed == 1, "the lane is moved under its session's lock");
  }

  @Override
  @SuppressWarnings("unchecked") // JPA 3.1 has no typed native query
  public List<StoredFrame> after(
      UuidV7 session, String recipient, long position, int limit, long bytesMax, Instant now) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    List<FrameRow> found =
        rows.createNativeQuery(AFTER, FrameRow.class)
            .setParameter(1, session.text())
            .setParameter(2, recipient)
            .setParameter(3, position)
            .setParameter(4, now.atOffset(ZoneOffset.UTC))
            .setParameter(5, limit)
            .setParameter(6, bytesMax)
            .getResultList();
    return found.stream().map(FrameRow::stored).toList();
  }
}
