package io.talos.a2a.store;

import io.talos.a2a.frames.Inboxes;
import io.talos.a2a.frames.Limits;
import io.talos.a2a.frames.StoredFrame;
import io.talos.contracts.Check;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Inboxes in Postgres. Whoever counts in an inbox locks its row before the frames, as the sender
 * does, so that nobody waits in a circle.
 */
@ApplicationScoped
public class InboxStore implements Inboxes {
  private static final String AFTER =
      Paging.withinBytes(
          "select * from a2a.frame where recipient_id = ?1 and inbox_position > ?2"
              + " and expires_at > ?3 and ciphertext is not null order by inbox_position limit ?4",
          "inbox_position",
          "?5");

  private static final String LOCK =
      "select acknowledged from a2a.inbox where agent_id = ?1 for update";

  private static final String ACKNOWLEDGE =
      "with read as (update a2a.frame set acknowledged_at = ?3 where recipient_id = ?1"
          + " and inbox_position > ?4 and inbox_position <= ?2 and acknowledged_at is null"
          + " and ciphertext is not null returning ciphertext_bytes),"
          + " total as (select count(*) as frames, coalesce(sum(ciphertext_bytes), 0) as bytes"
          + " from read)"
          + " update a2a.inbox i set acknowledged = greatest(i.acknowledged, ?2),"
          + " unread_frames = i.unread_frames - total.frames,"
          + " unread_bytes = i.unread_bytes - total.bytes from total where i.agent_id = ?1";

  private static final String WITH_FRAMES_OVER =
      "(select recipient_id from a2a.frame where expires_at <= ?1 and ciphertext is not null"
          + " and acknowledged_at is null order by expires_at limit ?3)"
          + " union (select recipient_id from a2a.frame where acknowledged_at <= ?2"
          + " and ciphertext is not null order by acknowledged_at limit ?3)";

  private static final String END =
      "with over as (select session_id, sender_id, sender_seq from a2a.frame"
          + " where recipient_id = ?1 and ciphertext is not null"
          + " and (expires_at <= ?2 or acknowledged_at <= ?3) order by inbox_position limit ?4),"
          + " emptied as (update a2a.frame f set header = null, ciphertext = null from over o"
          + " where f.session_id = o.session_id and f.sender_id = o.sender_id"
          + " and f.sender_seq = o.sender_seq and f.ciphertext is not null"
          + " returning f.acknowledged_at, f.ciphertext_bytes),"
          + " total as (select count(*) as ended,"
          + " count(*) filter (where acknowledged_at is null) as frames,"
          + " coalesce(sum(ciphertext_bytes) filter (where acknowledged_at is null), 0) as bytes"
          + " from emptied),"
          + " counted as (update a2a.inbox i set unread_frames = i.unread_frames - total.frames,"
          + " unread_bytes = i.unread_bytes - total.bytes from total where i.agent_id = ?1)"
          + " select ended from total";

  // The window refuses the numbers of these anyway, or nothing is sent in their session any more.
  private static final String FORGET =
      "delete from a2a.frame f using a2a.lane l, a2a.session s where f.recipient_id = ?1"
          + " and f.ciphertext is null and l.session_id = f.session_id"
          + " and l.sender_id = f.sender_id and s.id = f.session_id"
          + " and (s.swept or f.sender_seq < l.highest_seq - ?2)";

  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void open(String agent) {
    rows.createNativeQuery(
            "insert into a2a.inbox (agent_id) values (?1) on conflict (agent_id) do nothing")
        .setParameter(1, agent)
        .executeUpdate();
  }

  @Override
  public long acknowledged(String agent) {
    List<?> found =
        rows.createNativeQuery("select acknowledged from a2a.inbox where agent_id = ?1")
            .setParameter(1, agent)
            .getResultList();
    return found.isEmpty() ? 0 : ((Number) found.get(0)).longValue();
  }

  @Override
  @SuppressWarnings("unchecked") // JPA 3.1 has no typed native query
  public List<StoredFrame> after(
      String agent, long position, int limit, long bytesMax, Instant now) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    List<FrameRow> found =
        rows.createNativeQuery(AFTER, FrameRow.class)
            .setParameter(1, agent)
            .setParameter(2, position)
            .setParameter(3, now.atOffset(ZoneOffset.UTC))
            .setParameter(4, limit)
            .setParameter(5, bytesMax)
            .getResultList();
    return found.stream().map(FrameRow::stored).toList();
  }

  @Override
  public void acknowledge(String agent, long position, Instant now) {
    List<?> before = rows.createNativeQuery(LOCK).setParameter(1, agent).getResultList();
    if (before.isEmpty() || ((Number) before.get(0)).longValue() >= position) {
      return;
    }
    rows.createNativeQuery(ACKNOWLEDGE)
        .setParameter(1, agent)
        .setParameter(2, position)
        .setParameter(3, now.atOffset(ZoneOffset.UTC))
        .setParameter(4, ((Number) before.get(0)).longValue())
        .executeUpdate();
  }

  @Override
  public List<String> withFramesOver(Instant now, Instant readBefore, int most) {
    List<?> found =
        rows.createNativeQuery(WITH_FRAMES_OVER)
            .setParameter(1, now.atOffset(ZoneOffset.UTC))
            .setParameter(2, readBefore.atOffset(ZoneOffset.UTC))
            .setParameter(3, most)
            .getResultList();
    return found.stream().map(String.class::cast).limit(most).toList();
  }

  @Override
  public int end(String agent, Instant now, Instant readBefore, int most) {
    rows.createNativeQuery(LOCK).setParameter(1, agent).getResultList();
    Object ended =
        rows.createNativeQuery(END)
            .setParameter(1, agent)
            .setParameter(2, now.atOffset(ZoneOffset.UTC))
            .setParameter(3, readBefore.atOffset(ZoneOffset.UTC))
            .setParameter(4, most)
            .getSingleResult();
    rows.createNativeQuery(FORGET)
        .setParameter(1, agent)
        .setParameter(2, io.talos.contracts.channel.Limits.SEQUENCE_WINDOW)
        .executeUpdate();
    return ((Number) ended).intValue();
  }
}
