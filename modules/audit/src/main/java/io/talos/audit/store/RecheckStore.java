package io.talos.audit.store;

import io.talos.audit.recheck.BadRow;
import io.talos.audit.recheck.Limits;
import io.talos.audit.recheck.RecheckRows;
import io.talos.audit.tree.LogName;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Reads for a recheck. By JDBC and not by JPA, which would hold a batch of events as objects and
 * their texts as strings: here a row is handed on as it comes from the network.
 */
@ApplicationScoped
public class RecheckStore implements RecheckRows {
  /** The bound stands in the statement, so that the planner knows how few rows it is about. */
  private static final String RANGE =
      "(select log_seq, event_id, leaf from audit.leaf"
          + " where log_id = ? and log_seq >= ? and log_seq < ? order by log_seq limit "
          + Limits.BATCH
          + ") l";

  private static final String LOGS =
      "select l.log_id, " + LogColumns.KEYS + " from audit.log l order by l.log_id";
  private static final String PUBLISHED = "select max(size) from audit.checkpoint where log_id = ?";
  private static final String ENTRIES =
      "select l.log_seq, cast(l.event_id as text), l.leaf, e.event, e.event_hash, e.source,"
          + " e.source_seq, e.kind, e.phase, e.result,"
          + " cast(round(extract(epoch from e.ts) * 1000) as bigint)"
          + " from "
          + RANGE
          + " left join audit.event e on e.event_id = l.event_id order by l.log_seq";
  private static final String OPENINGS =
      "select l.log_seq, cast(l.event_id as text), o.name, o.value, o.salt from "
          + RANGE
          + " join audit.opening o on o.event_id = l.event_id order by l.log_seq, o.name";
  private static final String EVIDENCE =
      "select l.log_seq, v.signature_base from "
          + RANGE
          + " join audit.evidence v on v.event_id = l.event_id order by l.log_seq";
  private static final String HASHES =
      "select position, hash from audit.tree_hash where log_id = ? and tile_level = ?"
          + " and position >= ? and position < ? order by position limit "
          + Limits.BATCH;
  private static final String CHECKPOINTS =
      "select size, root, note from audit.checkpoint where log_id = ? and size >= ?"
          + " order by size limit ?";

  /** One statement sees one moment, and a batch is added with its checkpoint. */
  private static final String BEYOND =
      """
      with c as (select log_id, max(size) as size from audit.checkpoint where log_id = ? group by log_id)
      (select 'audit.leaf', 'log_id=' || c.log_id || ', log_seq=' || l.log_seq
        from c join audit.leaf l on l.log_id = c.log_id and l.log_seq >= c.size
        order by l.log_seq limit 1)
      union all
      (select 'audit.tree_hash',
          'log_id=' || c.log_id || ', tile_level=' || k.level || ', position=' || h.position
        from c cross join generate_series(0, 63) as k (level)
        cross join lateral (select position from audit.tree_hash t
          where t.log_id = c.log_id and t.tile_level = k.level
            and t.position >= c.size >> least(8 * k.level, 63)
          order by t.position limit 1) h
        order by k.level limit 1)
      """;

  /** Jumps from source to source along the unique index; there are few sources and many events. */
  private static final String SOURCES =
      """
      with recursive s (source) as (
        (select source from audit.event where source > ? order by source limit 1)
        union all
        select (select e.source from audit.event e where e.source > s.source order by e.source limit 1)
        from s where s.source is not null),
      found as (
        select source from (select source from s where source is not null limit %1$d) of_events
        union
        select source from (select source from audit.source where source > ? order by source limit %1$d) counted)
      select source from found order by source limit %1$d
      """
          .formatted(Limits.SOURCES_PAGE);

  private static final String TAIL =
      """
      with tail as (select event_id, source_seq from audit.event where source = ? and source_seq >= ?)
      select (select next_seq from audit.source where source = ?),
        (select count(*) from tail),
        (select cast(t.event_id as text) from tail t
          where not exists (select 1 from audit.outbox o where o.event_id = t.event_id)
            and not exists (select 1 from audit.leaf l join audit.log g on g.log_id = l.log_id
              where l.event_id = t.event_id)
          order by t.source_seq limit 1)
      """;

  @Resource(lookup = "jdbc/talos")
  @SuppressWarnings("NullAway.Init")
  DataSource database;

  @FunctionalInterface
  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  @Override
  public List<LogName> logs() {
    List<LogName> logs = new ArrayList<>();
    read(LOGS, row -> logs.add(LogColumns.name(row.getLong(1), row.getString(2))));
    return logs;
  }

  @Override
  public OptionalLong published(LogName log) {
    List<OptionalLong> size = new ArrayList<>();
    read(PUBLISHED, row -> size.add(whole(row, 1)), log.id());
    return size.get(0);
  }

  @Override
  public void entries(LogName log, long from, long end, Consumer<StoredEntry> each) {
    read(ENTRIES, row -> each.accept(entry(row)), log.id(), from, end);
  }

  private static StoredEntry entry(ResultSet row) throws SQLException {
    byte[] text = row.getBytes(4);
    return new StoredEntry(
        row.getLong(1),
        row.getString(2),
        Bytes.of(row.getBytes(3)),
        text == null
            ? null
            : new StoredEvent(
                Bytes.of(text),
                Bytes.of(row.getBytes(5)),
                row.getString(6),
                row.getLong(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getLong(11)));
  }

  @Override
  public void openings(LogName log, long from, long end, Consumer<StoredOpening> each) {
    read(
        OPENINGS,
        row ->
            each.accept(
                new StoredOpening(
                    row.getLong(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    Bytes.of(row.getBytes(5)))),
        log.id(),
        from,
        end);
  }

  @Override
  public void evidence(LogName log, long from, long end, Consumer<StoredEvidence> each) {
    read(
        EVIDENCE,
        row -> each.accept(new StoredEvidence(row.getLong(1), Bytes.of(row.getBytes(2)))),
        log.id(),
        from,
        end);
  }

  @Override
  public List<StoredHash> hashes(LogName log, int level, long from, long end) {
    List<StoredHash> hashes = new ArrayList<>();
    read(
        HASHES,
        row -> hashes.add(new StoredHash(row.getLong(1), Bytes.of(row.getBytes(2)))),
        log.id(),
        level,
        from,
        end);
    return hashes;
  }

  @Override
  public List<StoredCheckpoint> checkpoints(LogName log, long from, int most) {
    List<StoredCheckpoint> found = new ArrayList<>();
    read(
        CHECKPOINTS,
        row ->
            found.add(
                new StoredCheckpoint(row.getLong(1), Bytes.of(row.getBytes(2)), row.getString(3))),
        log.id(),
        from,
        most);
    return found;
  }

  @Override
  public Optional<BadRow> beyond(LogName log) {
    List<BadRow> found = new ArrayList<>();
    read(
        BEYOND,
        row ->
            found.add(
                new BadRow(
                    row.getString(1), row.getString(2), "lies beyond the newest checkpoint")),
        log.id());
    return found.stream().findFirst();
  }

  @Override
  public List<String> sources(String after, int most) {
    List<String> sources = new ArrayList<>();
    read(SOURCES, row -> sources.add(row.getString(1)), after, after);
    return sources.subList(0, Math.min(most, sources.size()));
  }

  @Override
  public Tail tail(String source, long from) {
    List<Tail> tail = new ArrayList<>();
    read(
        TAIL,
        row ->
            tail.add(
                new Tail(whole(row, 1), row.getLong(2), Optional.ofNullable(row.getString(3)))),
        source,
        from,
        source);
    return tail.get(0);
  }

  private static OptionalLong whole(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** One statement in one transaction; rows come in portions, which a driver gives only in one. */
  private void read(String sql, Row each, Object... values) {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        read(connection, sql, each, values);
      } finally {
        connection.rollback();
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new TalosException(
          ErrorCode.DATABASE_UNAVAILABLE, "the rows of the log cannot be read", e);
    }
  }

  private static void read(Connection connection, String sql, Row each, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setFetchSize(Limits.FETCH);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          each.read(rows);
        }
      }
    }
  }
}
