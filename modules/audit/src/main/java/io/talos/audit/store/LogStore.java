package io.talos.audit.store;

import io.talos.audit.tree.Entry;
import io.talos.audit.tree.KeyPeriod;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Loss;
import io.talos.audit.tree.Pending;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.TreeHash;
import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps logs in Postgres. A batch of rows is one statement whose columns are arrays. */
@ApplicationScoped
public class LogStore implements LogRows {
  private static final String LOCK_KEY = "hashtextextended('talos.audit.log', 0)";
  private static final String TRY_LOCK = "select pg_try_advisory_xact_lock(" + LOCK_KEY + ")";
  private static final String LOCK = "select pg_advisory_xact_lock(" + LOCK_KEY + ")";
  private static final String OPEN =
      "insert into audit.log (origin, opened_at) values (?1, cast(?2 as timestamptz))"
          + " returning log_id";
  private static final String LOGS =
      "select l.log_id, " + LogColumns.KEYS + " from audit.log l where %s order by l.log_id desc";
  private static final String CURRENT =
      LOGS.formatted("l.log_id = (select max(log_id) from audit.log)");
  private static final String FIRST =
      LOGS.formatted("l.log_id = (select min(log_id) from audit.log)");
  private static final String BY_ORIGIN = LOGS.formatted("l.origin = ?1");
  private static final String BY_ID = LOGS.formatted("l.log_id = ?1");
  private static final String NEWEST =
      LOGS.formatted("l.log_id in (select log_id from audit.log order by log_id desc limit ?1)");
  private static final String FIRST_KEY =
      "insert into audit.log_key (log_id, vkey, first_size, added_at)"
          + " values (?1, ?2, 0, cast(?3 as timestamptz))";
  private static final String ADD_KEY =
      "insert into audit.log_key (log_id, vkey, first_size, event_id, added_at)"
          + " values (?1, ?2, ?3, cast(?4 as uuid), cast(?5 as timestamptz))";
  private static final String RETIRE_KEY =
      "insert into audit.log_key_end (log_id, vkey, end_size, event_id, ended_at)"
          + " values (?1, ?2, ?3, cast(?4 as uuid), cast(?5 as timestamptz))";
  private static final String ENTRIES =
      "select coalesce(max(log_seq) + 1, 0) from audit.leaf where log_id = ?1";
  private static final String ANY_PENDING =
      "select position from audit.outbox order by position limit 1";
  private static final String PENDING =
      "select o.position, cast(e.event_id as text), e.source, e.source_seq, e.kind,"
          + " cast(round(extract(epoch from e.ts) * 1000) as bigint), e.event_hash"
          + " from audit.outbox o join audit.event e on e.event_id = o.event_id"
          + " order by o.position limit ?1";
  private static final String PENDING_EVENT =
      PENDING.replace(" order by o.position limit ?1", " where o.event_id = cast(?1 as uuid)");
  private static final String ADD_LEAVES =
      "insert into audit.leaf (log_id, log_seq, event_id, leaf)"
          + " select g.log_id, n.log_seq, n.event_id, decode(n.leaf, 'hex') from audit.log g"
          + " cross join unnest(cast(?2 as bigint[]), cast(?3 as uuid[]), cast(?4 as text[]))"
          + " as n(log_seq, event_id, leaf) where g.log_id = ?1";
  private static final String ADD_HASHES =
      "insert into audit.tree_hash (log_id, tile_level, position, hash)"
          + " select g.log_id, n.tile_level, n.position, decode(n.hash, 'hex') from audit.log g"
          + " cross join unnest(cast(?2 as smallint[]), cast(?3 as bigint[]), cast(?4 as text[]))"
          + " as n(tile_level, position, hash) where g.log_id = ?1";
  private static final String TAKE =
      "delete from audit.outbox where position = any(cast(?1 as bigint[]))";
  // A tile is one value: two hundred and fifty-six rows cost more to hand over than to read.
  private static final String TILE =
      "select coalesce(string_agg(hash, cast('' as bytea) order by position), cast('' as bytea))"
          + " from audit.tree_hash where log_id = ?1 and tile_level = ?2 and position >= ?3 and position < ?4";
  private static final String ENTRY =
      "select log_id, log_seq, leaf from audit.leaf where event_id = cast(?1 as uuid)";
  private static final String PUBLISHED =
      "select c.note from audit.published p join audit.checkpoint c using (log_id, size)"
          + " where p.log_id = ?1 order by p.size desc limit 1";
  private static final String COVERING =
      "select c.note from audit.published p join audit.checkpoint c using (log_id, size)"
          + " where p.log_id = ?1 and p.size > ?2 order by p.size limit 1";
  private static final String PUBLISH =
      "insert into audit.published (log_id, size, published_at)"
          + " select log_id, size, cast(?3 as timestamptz) from audit.checkpoint"
          + " where log_id = ?1 and size = ?2 on conflict do nothing";
  // PostgreSQL, "Monitoring Statistics": flush_lsn is what the standby has on its disk.
  private static final String WRITTEN = "select cast(pg_current_wal_insert_lsn() as text)";
  private static final String ON_STANDBY =
      "select exists (select from pg_stat_replication where sync_state in ('sync', 'quorum')"
          + " and flush_lsn >= cast(?1 as pg_lsn))";
  private static final String SEES_STANDBYS = "select pg_has_role('pg_read_all_stats', 'usage')";
  private static final String LOSE =
      "insert into audit.log_loss (origin, size, surviving, note, event_id, log_id, noted_at)"
          + " values (?1, ?2, ?3, ?4, cast(?5 as uuid), ?6, cast(?7 as timestamptz))";
  private static final String LOSSES =
      "select note, surviving, log_id, cast(event_id as text) from audit.log_loss where ";
  private static final String LOSSES_OF = LOSSES + "origin = ?1 order by size desc limit ?2";
  private static final String LOSSES_NOTED =
      LOSSES + "log_id = ?1 order by noted_at, size limit ?2";
  private static final String LEAVES =
      "select leaf from audit.leaf where log_id = ?1 and log_seq >= ?2 and log_seq < ?3"
          + " order by log_seq";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public boolean tryLock() {
    return (Boolean) rows.createNativeQuery(TRY_LOCK).getSingleResult();
  }

  @Override
  public void lock() {
    rows.createNativeQuery(LOCK).getSingleResult();
  }

  @Override
  public Optional<LogName> current() {
    return logs(rows.createNativeQuery(CURRENT)).stream().findFirst();
  }

  @Override
  public Optional<LogName> first() {
    return logs(rows.createNativeQuery(FIRST)).stream().findFirst();
  }

  @Override
  public Optional<LogName> byOrigin(String origin) {
    return logs(rows.createNativeQuery(BY_ORIGIN).setParameter(1, origin)).stream().findFirst();
  }

  @Override
  public Optional<LogName> byId(long id) {
    return logs(rows.createNativeQuery(BY_ID).setParameter(1, id)).stream().findFirst();
  }

  @Override
  public List<LogName> newest(int most) {
    return logs(rows.createNativeQuery(NEWEST).setParameter(1, most));
  }

  private static List<LogName> logs(Query query) {
    return Columns.rows(query.getResultList()).stream()
        .map(row -> LogColumns.name(Columns.whole(row[0]), (String) row[1]))
        .toList();
  }

  @Override
  public void lose(Loss loss, Instant now) {
    rows.createNativeQuery(LOSE)
        .setParameter(1, loss.lost().checkpoint().origin())
        .setParameter(2, loss.lost().checkpoint().size())
        .setParameter(3, loss.surviving())
        .setParameter(4, loss.lost().note().encoded())
        .setParameter(5, loss.eventId().text())
        .setParameter(6, loss.logId())
        .setParameter(7, WireTime.format(now))
        .executeUpdate();
  }

  @Override
  public List<Loss> losses(String origin) {
    return losses(rows.createNativeQuery(LOSSES_OF).setParameter(1, origin));
  }

  @Override
  public List<Loss> lossesNotedIn(LogName log) {
    return losses(rows.createNativeQuery(LOSSES_NOTED).setParameter(1, log.id()));
  }

  private static List<Loss> losses(Query query) {
    List<Loss> losses = new ArrayList<>();
    for (Object[] row : Columns.rows(query.setParameter(2, Limits.LOSSES_LISTED).getResultList())) {
      losses.add(
          new Loss(
              Published.of(SignedNote.parse((String) row[0])),
              Columns.whole(row[1]),
              Columns.whole(row[2]),
              new UuidV7((String) row[3])));
    }
    return losses;
  }

  @Override
  public LogName open(NoteKey key, Instant now) {
    Query opened =
        rows.createNativeQuery(OPEN)
            .setParameter(1, key.name())
            .setParameter(2, WireTime.format(now));
    long id = Columns.whole(opened.getSingleResult());
    rows.createNativeQuery(FIRST_KEY)
        .setParameter(1, id)
        .setParameter(2, key.vkey())
        .setParameter(3, WireTime.format(now))
        .executeUpdate();
    return new LogName(id, List.of(KeyPeriod.first(key)));
  }

  @Override
  public void addKey(LogName log, NoteKey key, long size, UuidV7 event, Instant now) {
    change(ADD_KEY, log, key, size, event, now);
  }

  @Override
  public void retireKey(LogName log, NoteKey key, long size, UuidV7 event, Instant now) {
    change(RETIRE_KEY, log, key, size, event, now);
  }

  private void change(
      String statement, LogName log, NoteKey key, long size, UuidV7 event, Instant now) {
    rows.createNativeQuery(statement)
        .setParameter(1, log.id())
        .setParameter(2, key.vkey())
        .setParameter(3, size)
        .setParameter(4, event.text())
        .setParameter(5, WireTime.format(now))
        .executeUpdate();
  }

  @Override
  public Optional<Published> latest(LogName log) {
    return rows.createQuery(
            "select c from CheckpointRow c where c.logId = :log order by c.size desc",
            CheckpointRow.class)
        .setParameter("log", log.id())
        .setMaxResults(1)
        .getResultStream()
        .findFirst()
        .map(CheckpointRow::published);
  }

  @Override
  public Optional<Published> published(LogName log) {
    return Columns.first(rows.createNativeQuery(PUBLISHED).setParameter(1, log.id()))
        .map(note -> Published.of(SignedNote.parse((String) note)));
  }

  @Override
  public Optional<Published> covering(LogName log, long logSeq) {
    Query query =
        rows.createNativeQuery(COVERING).setParameter(1, log.id()).setParameter(2, logSeq);
    return Columns.first(query).map(note -> Published.of(SignedNote.parse((String) note)));
  }

  @Override
  public void sign(LogName log, Published signed, Instant now) {
    rows.persist(new CheckpointRow(log.id(), signed, now));
    rows.flush();
  }

  @Override
  public void publish(LogName log, long size, Instant now) {
    rows.createNativeQuery(PUBLISH)
        .setParameter(1, log.id())
        .setParameter(2, size)
        .setParameter(3, WireTime.format(now))
        .executeUpdate();
  }

  @Override
  public String written() {
    return (String) rows.createNativeQuery(WRITTEN).getSingleResult();
  }

  @Override
  public boolean isOnStandby(String written) {
    return (Boolean) rows.createNativeQuery(ON_STANDBY).setParameter(1, written).getSingleResult();
  }

  @Override
  public boolean seesStandbys() {
    return (Boolean) rows.createNativeQuery(SEES_STANDBYS).getSingleResult();
  }

  @Override
  public long entries(LogName log) {
    return Columns.whole(
        rows.createNativeQuery(ENTRIES).setParameter(1, log.id()).getSingleResult());
  }

  @Override
  public boolean anyPending() {
    return !rows.createNativeQuery(ANY_PENDING).getResultList().isEmpty();
  }

  @Override
  public List<Pending> pending(int most) {
    return pending(rows.createNativeQuery(PENDING).setParameter(1, most));
  }

  @Override
  public Optional<Pending> pending(UuidV7 eventId) {
    Query query = rows.createNativeQuery(PENDING_EVENT).setParameter(1, eventId.text());
    return pending(query).stream().findFirst();
  }

  private static List<Pending> pending(Query query) {
    List<Pending> pending = new ArrayList<>();
    for (Object[] row : Columns.rows(query.getResultList())) {
      pending.add(
          new Pending(
              Columns.whole(row[0]),
              new UuidV7((String) row[1]),
              (String) row[2],
              Columns.whole(row[3]),
              (String) row[4],
              Instant.ofEpochMilli(Columns.whole(row[5])),
              Columns.bytes(row[6])));
    }
    return pending;
  }

  @Override
  public void append(
      LogName log, List<Pending> pending, List<Entry> entries, List<TreeHash> hashes) {
    all(
        entries,
        rows.createNativeQuery(ADD_LEAVES)
            .setParameter(1, log.id())
            .setParameter(2, Columns.array(entries, Entry::logSeq))
            .setParameter(3, Columns.array(entries, Entry::eventId))
            .setParameter(4, Columns.array(entries, entry -> entry.leaf().hex())));
    all(
        hashes,
        rows.createNativeQuery(ADD_HASHES)
            .setParameter(1, log.id())
            .setParameter(2, Columns.array(hashes, TreeHash::level))
            .setParameter(3, Columns.array(hashes, TreeHash::position))
            .setParameter(4, Columns.array(hashes, hash -> hash.hash().hex())));
    all(
        pending,
        rows.createNativeQuery(TAKE).setParameter(1, Columns.array(pending, Pending::position)));
  }

  /** A log that is not there gets no rows; an event that left the outbox was taken by another. */
  private static void all(List<?> meant, Query change) {
    if (change.executeUpdate() != meant.size()) {
      throw new IllegalStateException("the rows changed while the log's lock was held");
    }
  }

  @Override
  public List<Bytes> tile(LogName log, int level, long index) {
    Query query =
        rows.createNativeQuery(TILE)
            .setParameter(1, log.id())
            .setParameter(2, level)
            .setParameter(3, index * Tile.WIDTH_FULL)
            .setParameter(4, (index + 1) * Tile.WIDTH_FULL);
    return Columns.hashes(Columns.bytes(query.getSingleResult()));
  }

  @Override
  public Optional<Entry> entryOf(UuidV7 eventId) {
    Query query = rows.createNativeQuery(ENTRY).setParameter(1, eventId.text());
    return Columns.rows(query.getResultList()).stream()
        .findFirst()
        .map(
            row ->
                new Entry(
                    Columns.whole(row[0]), Columns.whole(row[1]), eventId, Columns.bytes(row[2])));
  }

  @Override
  public List<Bytes> leaves(LogName log, long logSeq, int most) {
    return bytes(
        rows.createNativeQuery(LEAVES)
            .setParameter(1, log.id())
            .setParameter(2, logSeq)
            .setParameter(3, logSeq + most));
  }

  private static List<Bytes> bytes(Query query) {
    List<Bytes> values = new ArrayList<>();
    for (Object column : query.getResultList()) {
      values.add(Columns.bytes(column));
    }
    return values;
  }
}
