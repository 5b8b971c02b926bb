package io.talos.bench.log;

import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.TreeHash;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.Tile;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Fills the tables of the log in bulk with what the server would have written: true events with
 * their hashes, their entries, and the tree over them. Only the checkpoints in between are missing.
 */
final class LogFill {
  private static final int CHUNK = 20_000;
  private static final int SOURCES = 16;
  private static final long BEHIND_MAX = 128L << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final List<String> TABLES = List.of("event", "leaf", "tree_hash");

  /** What filled events have no value for costs a row nothing. */
  private static final String FILLED_INDEXES =
      "select indexname, indexdef from pg_indexes where schemaname = 'audit' and tablename = 'event'"
          + " and indexdef not like '%UNIQUE%' and indexdef !~ 'WHERE [(]+(principal_id|request_id|"
          + "admission_id|surface_id|result)'";

  private static final String LOCK = "hashtextextended('talos.audit.log', 0)";
  private static final String EVENT =
      "copy audit.event (event_id, source, source_seq, phase, kind, result, ts, resource_id, event,"
          + " event_hash) from stdin";

  private final Connection owner;
  private final Consumer<String> progress;
  private final UuidV7Generator ids;
  private final Randomness randomness = Randomness.secure();
  private final String prefix;
  private long made;

  /**
   * Fills by the connection of somebody who may do everything.
   *
   * @param prefix of the names of sources, which nobody else uses
   */
  LogFill(Connection owner, String prefix, Consumer<String> progress) {
    this.owner = owner;
    this.prefix = prefix;
    this.progress = progress;
    this.ids = new UuidV7Generator(randomness);
  }

  /** Keeps the sequencers away until {@link #release}. */
  void hold() throws SQLException {
    execute("select pg_advisory_lock(" + LOCK + ")");
  }

  /** Lets them in again. */
  void release() throws SQLException {
    execute("select pg_advisory_unlock(" + LOCK + ")");
  }

  /** Events that wait for the log; the one that waits behind all others. */
  UuidV7 outbox(int count) throws SQLException, IOException {
    UuidV7 last = ids.next(Clock.systemUTC().instant());
    for (int done = 0; done < count; done += CHUNK) {
      List<AuditEvent> events = events(Math.min(CHUNK, count - done));
      copy(EVENT, text(events));
      StringBuilder waiting = new StringBuilder();
      events.forEach(event -> waiting.append(event.eventId().text()).append('\n'));
      copy("copy audit.outbox (event_id) from stdin", waiting.toString());
      last = events.get(events.size() - 1).eventId();
    }
    counters(count);
    execute("analyze audit.event");
    execute("analyze audit.outbox");
    return last;
  }

  /**
   * Entries up to {@code size}; the sequencers are kept away meanwhile. Indexes that only searches
   * need are made again afterwards, and references are not asked for each row.
   *
   * <p>A log that grew by itself was cleaned up as it grew. Here nobody cleans up, so that the
   * loads that follow are not measured beside it.
   */
  void log(long size) throws SQLException, IOException {
    for (String table : TABLES) {
      execute("alter table audit." + table + " set (autovacuum_enabled = false)");
    }
    List<String> indexes = dropped();
    execute("set session_replication_role = replica");
    ExecutorService ahead = Executors.newSingleThreadExecutor();
    try {
      long first = size();
      long from = first;
      Future<List<AuditEvent>> next = ahead.submit(() -> events(CHUNK));
      while (from < size) {
        List<AuditEvent> events = next.get();
        next = ahead.submit(() -> events(CHUNK));
        List<AuditEvent> some = events.subList(0, (int) Math.min(CHUNK, size - from));
        append(some, from);
        from += some.size();
        if (from % (25L * CHUNK) < CHUNK) {
          progress.accept("The log has " + from + " entries …");
        }
        awaitReplica(BEHIND_MAX);
      }
      counters(from - first);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the fill was interrupted", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("no events", e);
    } finally {
      ahead.shutdownNow();
      execute("set session_replication_role = origin");
    }
    progress.accept("Making indexes …");
    execute("set maintenance_work_mem = '512MB'");
    for (String index : indexes) {
      execute(index);
      awaitReplica(BEHIND_MAX);
    }
    execute("analyze");
  }

  /** Until what was written lies on both disks, so that no load is measured beside its writing. */
  void settle() throws SQLException {
    execute("checkpoint");
    awaitReplica(0);
  }

  /** A primary that runs away from its replica for too long throws away what it still needs. */
  private void awaitReplica(long behind) throws SQLException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (behind() > behind) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("the replica does not follow");
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  /** Bytes of WAL that the replica has not replayed; none when there is no replica. */
  private long behind() throws SQLException {
    return number(
        "select coalesce(max(cast(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) as bigint)), 0)"
            + " from pg_stat_replication");
  }

  /** Each source's counter stands behind its last event, as the server leaves it. */
  private void counters(long events) throws SQLException {
    for (int source = 0; source < Math.min(SOURCES, events); source++) {
      long next = (events - source + SOURCES - 1) / SOURCES;
      execute(
          "insert into audit.source (source, next_seq) values ('%s/%d', %d)"
              .formatted(prefix, source, next));
    }
  }

  private List<String> dropped() throws SQLException {
    List<String> made = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try (Statement statement = owner.createStatement();
        ResultSet rows = statement.executeQuery(FILLED_INDEXES)) {
      while (rows.next()) {
        names.add(rows.getString(1));
        made.add(rows.getString(2));
      }
    }
    for (String name : names) {
      execute("drop index audit." + name);
    }
    return made;
  }

  private synchronized List<AuditEvent> events(int count) {
    List<AuditEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++, made++) {
      AuditFacts facts =
          AuditFacts.act(
              "bench.filled",
              new AuditFacts.Resource("bench", prefix + "/" + made),
              Json.createObjectBuilder().add("as", "a change with a plain fact or two").build());
      java.time.Instant now = Clock.systemUTC().instant();
      AuditEvent.Place place =
          new AuditEvent.Place(ids.next(now), now, prefix + "/" + made % SOURCES, made / SOURCES);
      events.add(AuditEvent.of(facts, Optional.empty(), place, Optional.empty(), randomness));
    }
    return events;
  }

  private void append(List<AuditEvent> events, long from) throws SQLException, IOException {
    RightEdge edge = RightEdge.read(from, this::tile);
    StringBuilder leaves = new StringBuilder(events.size() * 700);
    for (AuditEvent event : events) {
      LogLeaf leaf = LogLeaf.of(event.json(), edge.size());
      leaves
          .append("1\t")
          .append(edge.size())
          .append('\t')
          .append(event.eventId().text())
          .append("\t\\\\x")
          .append(leaf.bytes().hex())
          .append('\n');
      edge.append(MerkleTree.leafHash(leaf.bytes()));
    }
    StringBuilder hashes = new StringBuilder(events.size() * 90);
    for (TreeHash hash : edge.fresh()) {
      hashes
          .append("1\t")
          .append(hash.level())
          .append('\t')
          .append(hash.position())
          .append("\t\\\\x")
          .append(hash.hash().hex())
          .append('\n');
    }
    List<Long> pages = new ArrayList<>();
    for (String table : TABLES) {
      pages.add(number("select pg_relation_size('audit." + table + "') / 8192"));
    }
    copy(EVENT, text(events));
    copy("copy audit.leaf (log_id, log_seq, event_id, leaf) from stdin", leaves.toString());
    copy("copy audit.tree_hash (log_id, tile_level, position, hash) from stdin", hashes.toString());
    for (int t = 0; t < TABLES.size(); t++) {
      seen(TABLES.get(t), pages.get(t));
    }
  }

  /**
   * Looks at the rows from a page on. The first look at a row notes that its transaction committed;
   * in a log that grew by itself that was the sequencer's, while the page was still in memory.
   */
  private void seen(String table, long page) throws SQLException {
    number("select count(*) from audit." + table + " where ctid >= '(" + page + ",0)'");
  }

  private List<Bytes> tile(int level, long index) {
    List<Bytes> hashes = new ArrayList<>();
    try (PreparedStatement statement =
        owner.prepareStatement(
            "select hash from audit.tree_hash where log_id = 1 and tile_level = ? and position >= ?"
                + " and position < ? order by position")) {
      statement.setInt(1, level);
      statement.setLong(2, index * Tile.WIDTH_FULL);
      statement.setLong(3, (index + 1) * Tile.WIDTH_FULL);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          hashes.add(Bytes.of(rows.getBytes(1)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the tree cannot be read", e);
    }
    return hashes;
  }

  private long size() throws SQLException {
    return number("select coalesce(max(log_seq) + 1, 0) from audit.leaf where log_id = 1");
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String text(List<AuditEvent> events) {
    StringBuilder rows = new StringBuilder(events.size() * 1000);
    for (AuditEvent made : events) {
      JsonObject event = made.json();
      rows.append(made.eventId().text()).append('\t');
      rows.append(event.getString("source")).append('\t');
      rows.append(event.getJsonNumber("source_seq").longValueExact()).append('\t');
      rows.append(event.getString("phase")).append('\t');
      rows.append(event.getString("kind")).append('\t');
      rows.append(event.getString("result")).append('\t');
      rows.append(event.getString("ts")).append('\t');
      rows.append(event.getJsonObject("resource").getString("id")).append('\t');
      rows.append(made.canonical().replace("\\", "\\\\")).append("\t\\\\x");
      rows.append(made.hash().hex()).append('\n');
    }
    return rows.toString();
  }

  private void copy(String sql, String rows) throws SQLException, IOException {
    try {
      owner.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, new StringReader(rows));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
