package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.watch.Watched;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Frontier;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Computes the log again from the events in the database, as the role that owns them, and compares
 * it with what the server signed.
 */
final class Recheck {
  private static final String ROWS =
      "select l.log_seq, encode(l.leaf, 'hex'), e.event, encode(e.event_hash, 'hex')"
          + " from audit.leaf l join audit.event e using (event_id)"
          + " where l.log_id = (select max(log_id) from audit.log) and l.log_seq < ?"
          + " order by l.log_seq";
  private static final int FETCH = 1_000;

  private Recheck() {}

  /**
   * What somebody remembers who read the newest checkpoint's log in the database: every entry is
   * its event's, every event has its hash, and the root over the entries is the signed one.
   */
  static Watched fromEvents(Stack stack) {
    NoteKey key = Replies.value(stack.client().logKey());
    SignedNote note = Replies.value(stack.client().checkpoint());
    Checkpoint checkpoint = Checkpoint.open(note, key);
    Frontier frontier = new Frontier();
    TreeMap<String, Long> sources = new TreeMap<>();
    try (Connection connection = stack.owner()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(ROWS)) {
        statement.setFetchSize(FETCH);
        statement.setLong(1, checkpoint.size());
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            LogLeaf leaf = leaf(rows, frontier.size());
            frontier.append(MerkleTree.leafHash(leaf.bytes()));
            sources.put(leaf.source(), leaf.sourceSeq() + 1);
          }
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    assertThat(frontier.size()).isEqualTo(checkpoint.size());
    assertThat(frontier.root()).isEqualTo(checkpoint.root());
    return new Watched(
        key, key, Optional.of(note), frontier.size(), frontier.hashes(), sources, Notes.now());
  }

  private static LogLeaf leaf(ResultSet rows, long logSeq) throws SQLException {
    JsonObject event = StrictJson.parseObject(Bytes.utf8(rows.getString(3)), Limits.REQUEST);
    LogLeaf leaf = LogLeaf.of(event, logSeq);
    assertThat(rows.getLong(1)).isEqualTo(logSeq);
    assertThat(rows.getString(2)).isEqualTo(leaf.bytes().hex());
    assertThat(AuditEvent.hashOf(event))
        .isEqualTo(leaf.eventHash())
        .isEqualTo(Hex.decode(rows.getString(4)));
    return leaf;
  }
}
