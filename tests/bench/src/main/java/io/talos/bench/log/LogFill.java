package io.talos.bench.log;

import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.TreeHash;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Randomness;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.postgresql.PGConnection;

/**
 * Fills the tables of the log in bulk with what the server would have written: true events with
 * their hashes, their entries, and the tree over them. Only the checkpoints in between are missing.
 */
final class LogFill {
  private static final int CHUNK = 50_000;
  private static final int SOURCES = 16;
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

  /** Events that wait for the log. */
  void outbox(int count) throws SQLException, IOException {
    for (int done = 0; done < count; done += CHUNK) {
      List<JsonObject> events = events(Math.min(CHUNK, count - done));
      copy(EVENT, text(events));
      StringBuilder waiting = new StringBuilder();
      events.forEach(event -> waiting.append(event.getString("event_id")).append('\n'));
      copy("copy audit.outbox (event_id) from stdin", waiting.toString());
    }
    counters(count);
    execute("analyze audit.event");
    execute("analyze audit.outbox");
  }

  /**
   * Entries up to {@code size}; the sequencers are kept away meanwhile. Indexes that only searches
   * need are made again afterwards, and references are not asked for each row.
   */
  void log(long size) throws SQLException, IOException {
    List<String> indexes = dropped();
    execute("set session_replication_role = replica");
    ExecutorService ahead = Executors.newSingleThreadExecutor();
    try {
      long first = size();
      long from = first;
      Future<List<JsonObject>> next = ahead.submit(() -> events(CHUNK));
      while (from < size) {
        List<JsonObject> events = next.get();
        next = ahead.submit(() -> events(CHUNK));
        List<JsonObject> some = events.subList(0, (int) Math.min(CHUNK, size - from));
        append(some, from);
        from += some.size();
        if (from % (20L * CHUNK) < CHUNK) {
          progress.accept("The log has " + from + " entries …");
        }
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
    for (String index : indexes) {
      execute(index);
    }
    execute("analyze");
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
        ResultSet rows =
            statement.executeQuery(
                "select indexname, indexdef from pg_indexes where schemaname = 'audit' and"
                    + " tablename = 'event' and indexdef not like '%UNIQUE%'")) {
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

  private synchronized List<JsonObject> events(int count) {
    List<JsonObject> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++, made++) {
      AuditFacts facts =
          AuditFacts.act(
              "bench.filled",
              new AuditFacts.Resource("bench", prefix + "/" + made),
              Json.createObjectBuilder().add("as", "a change with a plain fact or two").build());
      java.time.Instant now = Clock.systemUTC().instant();
      AuditEvent.Place place =
          new AuditEvent.Place(ids.next(now), now, prefix + "/" + made % SOURCES, made / SOURCES);
      events.add(AuditEvent.of(facts, Optional.empty(), place, randomness).json());
    }
    return events;
  }

  private void append(List<JsonObject> events, long from) throws SQLException, IOException {
    RightEdge edge = RightEdge.read(from, this::tile);
    StringBuilder leaves = new StringBuilder(events.size() * 700);
    for (JsonObject event : events) {
      LogLeaf leaf = LogLeaf.of(event, edge.size());
      leaves
          .append("1\t")
          .append(edge.size())
          .append('\t')
          .append(event.getString("event_id"))
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
    copy(EVENT, text(events));
    copy("copy audit.leaf (log_id, log_seq, event_id, leaf) from stdin", leaves.toString());
    copy("copy audit.tree_hash (log_id, tile_level, position, hash) from stdin", hashes.toString());
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
    try (Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(max(log_seq) + 1, 0) from audit.leaf where log_id = 1")) {
      row.next();
      return row.getLong(1);
    }
  }

  private static String text(List<JsonObject> events) {
    StringBuilder rows = new StringBuilder(events.size() * 1000);
    for (JsonObject event : events) {
      Bytes canonical = io.talos.contracts.json.CanonicalJson.encode(event);
      rows.append(event.getString("event_id")).append('\t');
      rows.append(event.getString("source")).append('\t');
      rows.append(event.getJsonNumber("source_seq").longValueExact()).append('\t');
      rows.append(event.getString("phase")).append('\t');
      rows.append(event.getString("kind")).append('\t');
      rows.append(event.getString("result")).append('\t');
      rows.append(event.getString("ts")).append('\t');
      rows.append(event.getJsonObject("resource").getString("id")).append('\t');
      rows.append(canonical.utf8().replace("\\", "\\\\")).append("\t\\\\x");
      rows.append(event.getString("event_hash")).append('\n');
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
