package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.WatchFile;
import io.talos.client.watch.Watched;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator has the database and wants something to be forgotten; somebody outside watches the
 * log. The sequencer is kept from the log meanwhile, so that the operator is not disturbed.
 */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class WatchedLogIT {
  private static final String THE_LOG = "log_id = (select max(log_id) from audit.log)";
  private static final String LOCK = "hashtextextended('talos.audit.log', 0)";
  private static final String GAP_OF_AN_EARLIER_RUN = "mallory-";

  private final Stack stack;
  private final Identity bob;
  private final LogWatch watch = new LogWatch(Optional.empty());
  @TempDir Path folder;

  WatchedLogIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
  }

  /** Tampers with the log, and mends it again. */
  private interface Tampering {
    void in(Statement sql) throws SQLException;
  }

  private Look look(Watched seen) {
    return watch.look(seen, stack.client().log(seen.log()), Notes.now());
  }

  private static Watched holds(Look look) {
    return look.match(
        Look.Holds::now,
        alarm -> {
          throw new AssertionError(alarm.code() + ": " + alarm.why());
        });
  }

  private static void assertAlarm(Look look, ErrorCode code) {
    assertThat(look)
        .isInstanceOfSatisfying(
            Look.Alarm.class, a -> assertThat(a.code()).as(a.why()).isEqualTo(code));
  }

  /** Bob does something, and it is in the log. */
  private void bobActs(int times) {
    for (int i = 0; i < times; i++) {
      Replies.granted(stack.client().agent(bob).whoami());
    }
    settled();
  }

  private void settled() {
    Patiently.until(
        "no event waits for the log", () -> stack.count("select count(*) from audit.outbox") == 0);
  }

  /** As the owner of the tables, with the sequencer kept away. */
  private void asOwner(Tampering tampering) throws SQLException {
    try (Connection connection = stack.owner();
        Statement sql = connection.createStatement()) {
      sql.execute("select pg_advisory_lock(" + LOCK + ")");
      try {
        tampering.in(sql);
      } finally {
        sql.execute("select pg_advisory_unlock(" + LOCK + ")");
      }
    }
  }

  @Test
  void a_log_that_is_left_alone_is_followed_from_its_first_entry() {
    bobActs(3);

    Look look = look(Watched.nothing(Replies.value(stack.client().logKey()), Notes.now()));

    if (look instanceof Look.Alarm alarm) {
      // The gap story leaves its gap in the log for good, also for the runs after it.
      assertThat(alarm.code()).isEqualTo(ErrorCode.AUDIT_LOG_GAP);
      assertThat(alarm.why()).startsWith(GAP_OF_AN_EARLIER_RUN);
    } else {
      assertThat(holds(look).size()).isGreaterThan(3);
    }
  }

  @Test
  void the_command_follows_it_too() throws IOException {
    bobActs(1);
    Watched seen = Recheck.fromEvents(stack);
    Path state = folder.resolve("watched.json");
    Path key = Files.writeString(folder.resolve("log.vkey"), seen.log().vkey());
    new WatchFile(state).keep(seen);
    bobActs(2);
    Command command =
        Command.run(
            "audit",
            "watch",
            stack.baseUri().toString(),
            "--vkey",
            "@" + key,
            "--state=" + state,
            "--looks=1");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said()).startsWith("holds: " + seen.log().name() + " at ");
    assertThat(new WatchFile(state).read(seen.log(), Notes.now()).size())
        .isGreaterThan(seen.size());
  }

  @Test
  void an_entry_that_was_deleted_or_rewritten_is_missed() throws SQLException {
    bobActs(1);
    Watched seen = Recheck.fromEvents(stack);
    bobActs(3);
    String entry = " where " + THE_LOG + " and log_seq = " + (seen.size() + 1);
    String hash = " where " + THE_LOG + " and tile_level = 0 and position = " + (seen.size() + 1);
    String rewritten = "replace(convert_from(leaf, 'UTF8'), '\"kind\":\"', '\"kind\":\"not_')";

    asOwner(
        sql -> {
          sql.execute("create table audit.kept_leaf as select * from audit.leaf" + entry);
          sql.execute("create table audit.kept_hash as select * from audit.tree_hash" + hash);
          try {
            sql.execute("delete from audit.leaf" + entry);
            assertAlarm(look(seen), ErrorCode.AUDIT_LOG_INCOMPLETE);

            sql.execute("insert into audit.leaf select * from audit.kept_leaf");
            sql.execute(
                "update audit.leaf set leaf = convert_to(" + rewritten + ", 'UTF8')" + entry);
            assertAlarm(look(seen), ErrorCode.AUDIT_LOG_INCOMPLETE);

            sql.execute(
                "update audit.tree_hash set hash = (select sha256('\\x00'::bytea || leaf) from"
                    + " audit.leaf"
                    + entry
                    + ")"
                    + hash);
            assertAlarm(look(seen), ErrorCode.AUDIT_LOG_INCOMPLETE);
          } finally {
            sql.execute("delete from audit.leaf" + entry);
            sql.execute("insert into audit.leaf select * from audit.kept_leaf");
            sql.execute("delete from audit.tree_hash" + hash);
            sql.execute("insert into audit.tree_hash select * from audit.kept_hash");
            sql.execute("drop table audit.kept_leaf, audit.kept_hash");
          }
        });

    assertThat(holds(look(seen)).size()).isGreaterThan(seen.size());
    Recheck.fromEvents(stack);
  }

  @Test
  void a_tail_that_was_cut_off_is_missed() throws SQLException {
    bobActs(1);
    bobActs(1);
    Watched seen = Recheck.fromEvents(stack);
    long earlier =
        stack.count(
            "select size from audit.checkpoint where "
                + THE_LOG
                + " order by size desc offset 1 limit 1");

    asOwner(
        sql -> {
          List<String> tails =
              List.of(
                  "leaf where " + THE_LOG + " and log_seq >= " + earlier,
                  "tree_hash where "
                      + THE_LOG
                      + " and position >= "
                      + earlier
                      + " >> (8 * tile_level)",
                  "published where " + THE_LOG + " and size > " + earlier,
                  "checkpoint where " + THE_LOG + " and size > " + earlier);
          for (int i = 0; i < tails.size(); i++) {
            sql.execute("create table audit.kept_" + i + " as select * from audit." + tails.get(i));
            sql.execute("delete from audit." + tails.get(i));
          }
          try {
            assertAlarm(look(seen), ErrorCode.AUDIT_LOG_ROLLED_BACK);
          } finally {
            for (int i = tails.size() - 1; i >= 0; i--) {
              String table = tails.get(i).substring(0, tails.get(i).indexOf(' '));
              sql.execute("insert into audit." + table + " select * from audit.kept_" + i);
              sql.execute("drop table audit.kept_" + i);
            }
          }
        });

    assertThat(holds(look(seen)).size()).isGreaterThanOrEqualTo(seen.size());
  }

  @Test
  void a_number_that_was_skipped_is_missed() throws SQLException {
    bobActs(1);
    Watched seen = Recheck.fromEvents(stack);
    String source = GAP_OF_AN_EARLIER_RUN + Randomness.secure().bytes(4).hex() + "/0";
    AuditEvent second =
        AuditEvent.of(
            AuditFacts.act(
                "note.skipped",
                new AuditFacts.Resource("note", "n-1"),
                JsonObject.EMPTY_JSON_OBJECT),
            Optional.empty(),
            new AuditEvent.Place(Notes.freshId(), Notes.now(), source, 1),
            Randomness.secure());

    write(second);
    settled();

    assertThat(look(seen))
        .isInstanceOfSatisfying(
            Look.Alarm.class,
            alarm -> {
              assertThat(alarm.code()).isEqualTo(ErrorCode.AUDIT_LOG_GAP);
              assertThat(alarm.why()).isEqualTo(source + " goes from 0 to 1");
            });
  }

  /** With the application's own rights: they are enough to add, and to leave out. */
  private void write(AuditEvent event) throws SQLException {
    JsonObject json = event.json();
    UuidV7 id = event.eventId();
    try (Connection connection = stack.application()) {
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "insert into audit.event (event_id, source, source_seq, phase, kind, result, ts,"
                  + " event, event_hash) values (cast(? as uuid), ?, ?, ?, ?, ?,"
                  + " cast(? as timestamptz), ?, ?)")) {
        insert.setString(1, id.text());
        insert.setString(2, json.getString("source"));
        insert.setLong(3, 1);
        insert.setString(4, json.getString("phase"));
        insert.setString(5, json.getString("kind"));
        insert.setString(6, json.getString("result"));
        insert.setString(7, json.getString("ts"));
        insert.setString(8, event.canonical());
        insert.setBytes(9, event.hash().toArray());
        insert.executeUpdate();
      }
      try (PreparedStatement wait =
          connection.prepareStatement(
              "insert into audit.outbox (event_id) values (cast(? as uuid))")) {
        wait.setString(1, id.text());
        wait.executeUpdate();
      }
      connection.commit();
    }
  }
}
