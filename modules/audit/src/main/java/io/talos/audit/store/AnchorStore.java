package io.talos.audit.store;

import io.talos.audit.anchors.AnchorRows;
import io.talos.audit.anchors.Epoch;
import io.talos.audit.anchors.Evidence;
import io.talos.audit.anchors.Task;
import io.talos.contracts.Bytes;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Keeps epochs, tasks and evidence in Postgres. */
@ApplicationScoped
public class AnchorStore implements AnchorRows {
  private static final Limits EVIDENCE = new Limits(256 << 10, 8, 200);

  private static final String TRY_LOCK =
      "select pg_try_advisory_xact_lock(hashtextextended('talos.audit.anchor', 0))";
  private static final String MILLIS = "cast(round(extract(epoch from %s) * 1000) as bigint)";
  private static final String EPOCH =
      "select e.log_id, e.size, "
          + MILLIS.formatted("e.opened_at")
          + ", (select coalesce(string_agg(t.kind, ',' order by t.kind), '')"
          + " from audit.anchor_task t where t.log_id = e.log_id and t.size = e.size)"
          + " from audit.anchor_epoch e ";
  private static final String NEWEST = EPOCH + "order by e.opened_at desc, e.size desc limit 1";
  private static final String ONE = EPOCH + "where e.log_id = ?1 and e.size = ?2";
  private static final String BELOW =
      EPOCH + "where e.log_id = ?1 and e.size < ?2 order by e.size desc limit ?3";
  private static final String OPEN =
      "insert into audit.anchor_epoch (log_id, size, opened_at)"
          + " values (?1, ?2, cast(?3 as timestamptz))";
  private static final String OWE =
      "insert into audit.anchor_task (kind, log_id, size, opened_at, next_try)"
          + " values (?1, ?2, ?3, cast(?4 as timestamptz), cast(?4 as timestamptz))";
  private static final String LEASE =
      "insert into audit.anchor_lane as l (lane, holder, held_until)"
          + " values (?1, ?2, cast(?3 as timestamptz)) on conflict (lane) do update"
          + " set holder = excluded.holder, held_until = excluded.held_until"
          + " where l.holder = excluded.holder or l.held_until < cast(?4 as timestamptz)";
  private static final String DUE =
      "select t.log_id, t.size, c.note, "
          + MILLIS.formatted("t.opened_at")
          + ", t.tries from audit.anchor_task t"
          + " join audit.checkpoint c on c.log_id = t.log_id and c.size = t.size"
          + " where t.kind = ?1 and t.next_try <= cast(?2 as timestamptz)"
          + " order by t.log_id, t.size limit ?3";
  private static final String RECORD =
      "insert into audit.anchor (log_id, size, kind, name, evidence, confirmed_at)"
          + " values (?1, ?2, ?3, ?4, ?5, cast(?6 as timestamptz)) on conflict do nothing";
  private static final String FINISH =
      "delete from audit.anchor_task where kind = ?1 and log_id = ?2 and size = ?3";
  private static final String POSTPONE =
      "update audit.anchor_task set tries = ?4, next_try = cast(?5 as timestamptz), last_code = ?6"
          + " where kind = ?1 and log_id = ?2 and size = ?3";
  private static final String NAMES =
      "select name from audit.anchor where log_id = ?1 and size = ?2 and kind = ?3";
  private static final String NOTE =
      "select note from audit.checkpoint where log_id = ?1 and size = ?2";
  private static final String ANCHORS =
      "select kind, evidence from audit.anchor where log_id = ?1 and size = ?2 order by kind, name";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public boolean tryLock() {
    return (Boolean) rows.createNativeQuery(TRY_LOCK).getSingleResult();
  }

  @Override
  public Optional<Epoch> newest() {
    return epochsOf(rows.createNativeQuery(NEWEST)).stream().findFirst();
  }

  @Override
  public void open(Epoch epoch) {
    String openedAt = WireTime.format(epoch.openedAt());
    rows.createNativeQuery(OPEN)
        .setParameter(1, epoch.logId())
        .setParameter(2, epoch.size())
        .setParameter(3, openedAt)
        .executeUpdate();
    for (AnchorKind lane : epoch.pending()) {
      rows.createNativeQuery(OWE)
          .setParameter(1, lane.wire())
          .setParameter(2, epoch.logId())
          .setParameter(3, epoch.size())
          .setParameter(4, openedAt)
          .executeUpdate();
    }
  }

  @Override
  public boolean lease(AnchorKind lane, String holder, Instant now, Instant until) {
    return rows.createNativeQuery(LEASE)
            .setParameter(1, lane.wire())
            .setParameter(2, holder)
            .setParameter(3, WireTime.format(until))
            .setParameter(4, WireTime.format(now))
            .executeUpdate()
        == 1;
  }

  @Override
  public List<Task> due(AnchorKind lane, Instant now, int most) {
    Query query =
        rows.createNativeQuery(DUE)
            .setParameter(1, lane.wire())
            .setParameter(2, WireTime.format(now))
            .setParameter(3, most);
    List<Task> tasks = new ArrayList<>();
    for (Object[] row : Columns.rows(query.getResultList())) {
      tasks.add(
          new Task(
              lane,
              Columns.whole(row[0]),
              Columns.whole(row[1]),
              SignedNote.parse((String) row[2]),
              Instant.ofEpochMilli(Columns.whole(row[3])),
              (int) Columns.whole(row[4])));
    }
    return tasks;
  }

  @Override
  public void record(long logId, long size, Evidence evidence, Instant now) {
    rows.createNativeQuery(RECORD)
        .setParameter(1, logId)
        .setParameter(2, size)
        .setParameter(3, evidence.anchor().kind().wire())
        .setParameter(4, evidence.name())
        .setParameter(5, CanonicalJson.encode(evidence.anchor().json()).utf8())
        .setParameter(6, WireTime.format(now))
        .executeUpdate();
  }

  @Override
  public void finish(Task task) {
    rows.createNativeQuery(FINISH)
        .setParameter(1, task.kind().wire())
        .setParameter(2, task.logId())
        .setParameter(3, task.size())
        .executeUpdate();
  }

  @Override
  public void postpone(Task task, int tries, Instant next, Optional<String> code) {
    rows.createNativeQuery(POSTPONE)
        .setParameter(1, task.kind().wire())
        .setParameter(2, task.logId())
        .setParameter(3, task.size())
        .setParameter(4, tries)
        .setParameter(5, WireTime.format(next))
        .setParameter(6, code.orElse(null))
        .executeUpdate();
  }

  @Override
  public List<String> names(long logId, long size, AnchorKind kind) {
    List<?> names =
        rows.createNativeQuery(NAMES)
            .setParameter(1, logId)
            .setParameter(2, size)
            .setParameter(3, kind.wire())
            .getResultList();
    return names.stream().map(String.class::cast).toList();
  }

  @Override
  public List<Epoch> epochs(long logId, OptionalLong below, int most) {
    return epochsOf(
        rows.createNativeQuery(BELOW)
            .setParameter(1, logId)
            .setParameter(2, below.orElse(Long.MAX_VALUE))
            .setParameter(3, most));
  }

  @Override
  public Optional<Epoch> epoch(long logId, long size) {
    Query query = rows.createNativeQuery(ONE).setParameter(1, logId).setParameter(2, size);
    return epochsOf(query).stream().findFirst();
  }

  @Override
  public String note(long logId, long size) {
    return (String)
        rows.createNativeQuery(NOTE).setParameter(1, logId).setParameter(2, size).getSingleResult();
  }

  @Override
  public List<Anchor> anchors(long logId, long size) {
    Query query = rows.createNativeQuery(ANCHORS).setParameter(1, logId).setParameter(2, size);
    List<Anchor> anchors = new ArrayList<>();
    for (Object[] row : Columns.rows(query.getResultList())) {
      anchors.add(anchor((String) row[0], (String) row[1]));
    }
    return anchors;
  }

  static Anchor anchor(String kind, String evidence) {
    return new Anchor(
        AnchorKind.ofWire(kind).orElseThrow(),
        StrictJson.parseObject(Bytes.utf8(evidence), EVIDENCE));
  }

  private static List<Epoch> epochsOf(Query query) {
    List<Epoch> epochs = new ArrayList<>();
    for (Object[] row : Columns.rows(query.getResultList())) {
      List<AnchorKind> pending = new ArrayList<>();
      for (String kind : ((String) row[3]).split(",", -1)) {
        AnchorKind.ofWire(kind).ifPresent(pending::add);
      }
      epochs.add(
          new Epoch(
              Columns.whole(row[0]),
              Columns.whole(row[1]),
              Instant.ofEpochMilli(Columns.whole(row[2])),
              pending));
    }
    return epochs;
  }
}
