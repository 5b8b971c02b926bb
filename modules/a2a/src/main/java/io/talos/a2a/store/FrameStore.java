package io.talos.a2a.store;

import io.talos.a2a.frames.Frames;
import io.talos.a2a.frames.InboxQuota;
import io.talos.a2a.frames.Lane;
import io.talos.a2a.frames.Limits;
import io.talos.a2a.frames.Standing;
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
import java.util.Optional;

/** Frames in Postgres. */
@ApplicationScoped
public class FrameStore implements Frames {
  private static final String STANDING =
      "select l.highest_seq, exists (select 1 from a2a.frame f where f.session_id = l.session_id"
          + " and f.sender_id = l.sender_id and f.sender_seq = ?3)"
          + " from a2a.lane l where l.session_id = ?1 and l.sender_id = ?2";

  // One statement, so that the inbox is locked for as short as can be. An inbox without room
  // yields no place, and without a place nothing else happens.
  private static final String ADD =
      "with place as (update a2a.inbox i set position = i.position + 1,"
          + " unread_frames = i.unread_frames + 1, unread_bytes = i.unread_bytes + ?3"
          + " from a2a.lane l where l.session_id = ?1 and l.sender_id = ?2"
          + " and i.agent_id = l.recipient_id and i.unread_frames < ?4"
          + " and i.unread_bytes + ?3 <= ?5 returning i.agent_id, i.position),"
          + " moved as (update a2a.lane l set highest_seq = greatest(l.highest_seq, ?6),"
          + " position = l.position + 1 from place where l.session_id = ?1 and l.sender_id = ?2"
          + " returning l.position)"
          + " insert into a2a.frame (session_id, sender_id, sender_seq, recipient_id, position,"
          + " inbox_position, ciphertext_bytes, header, ciphertext, frame_digest, ciphertext_hash,"
          + " signature, created_at, expires_at, accepted_at)"
          + " select ?1, ?2, ?6, place.agent_id, moved.position, place.position, ?3, ?7, ?8, ?9,"
          + " ?10, ?11, ?12, ?13, ?14 from place, moved"
          + " returning recipient_id, position, inbox_position";

  private static final String AFTER =
      Paging.withinBytes(
          "select * from a2a.frame where session_id = ?1 and recipient_id = ?2 and position > ?3"
              + " and expires_at > ?4 and ciphertext is not null order by position limit ?5",
          "position",
          "?6");

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
  public Standing standing(UuidV7 session, String sender, long senderSeq) {
    Object[] found =
        (Object[])
            rows.createNativeQuery(STANDING)
                .setParameter(1, session.text())
                .setParameter(2, sender)
                .setParameter(3, senderSeq)
                .getSingleResult();
    return new Standing(((Number) found[0]).longValue(), Boolean.TRUE.equals(found[1]));
  }

  @Override
  public Optional<StoredFrame> add(UnverifiedFrame frame, InboxQuota quota, Instant acceptedAt) {
    List<?> places =
        rows.createNativeQuery(ADD)
            .setParameter(1, frame.sessionId().text())
            .setParameter(2, frame.senderId())
            .setParameter(3, frame.ciphertext().size())
            .setParameter(4, quota.framesMax())
            .setParameter(5, quota.bytesMax())
            .setParameter(6, frame.senderSeq())
            .setParameter(7, frame.header().toArray())
            .setParameter(8, frame.ciphertext().toArray())
            .setParameter(9, frame.frameDigest())
            .setParameter(10, frame.ciphertextHash())
            .setParameter(11, frame.signature().toArray())
            .setParameter(12, frame.createdAt().atOffset(ZoneOffset.UTC))
            .setParameter(13, frame.expiresAt().atOffset(ZoneOffset.UTC))
            .setParameter(14, acceptedAt.atOffset(ZoneOffset.UTC))
            .getResultList();
    return places.stream()
        .map(Object[].class::cast)
        .map(
            place ->
                new StoredFrame(
                    frame,
                    (String) place[0],
                    ((Number) place[1]).longValue(),
                    ((Number) place[2]).longValue(),
                    acceptedAt))
        .findFirst();
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
