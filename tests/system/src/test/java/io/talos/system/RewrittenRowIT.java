package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.registry.Threat;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.management.JMException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory owns the database and changes one row deep in it, where no proof is asked for. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class RewrittenRowIT {
  private static final String BEAN = "io.talos:type=LogRecheck";

  private static final String HIDDEN = "01900000-0000-7000-8000-000000000001";

  private final Stack stack;
  private String event = "";
  private final Console console;

  RewrittenRowIT(Stack stack) throws IOException, JMException {
    this.stack = stack;
    this.console = Console.of(stack, BEAN);
  }

  @BeforeEach
  void an_event_in_the_log() {
    Identity bob = Agents.registered(stack);
    String found =
        "select cast(e.event_id as text) from audit.event e join audit.leaf l using (event_id)"
            + " where e.kind = 'agent.registered' and e.event like '%"
            + bob.did()
            + "%'";
    Patiently.until("the event is in the log", () -> !stack.column(found).isEmpty());
    event = stack.column(found).get(0);
  }

  @AfterEach
  void leave() throws IOException {
    console.close();
  }

  @Test
  void a_word_that_was_changed_in_one_event_is_found_named_and_measured() throws SQLException {
    assertThat(recheck()).isEqualTo("HOLDS");
    assertThat((long) console.read("EntriesChecked")).isPositive();
    try {
      rewrite("agent.registered", "agent.registerer");

      assertThat(recheck()).isEqualTo("BROKEN");
      assertThat(console.read("FirstBadRow"))
          .isEqualTo(
              "audit.event (event_id=" + event + ") its text has not the hash that it names");
      assertThat(stack.http().get("/metrics?scope=application").text())
          .containsPattern("talos_audit_recheck_bad_rows\\{[^}]*} 1");
    } finally {
      rewrite("agent.registerer", "agent.registered");
    }
    assertThat(recheck()).isEqualTo("HOLDS");
    assertThat(console.read("FirstBadRow")).isEqualTo("");
    assertThat(stack.http().get("/metrics?scope=application").text())
        .containsPattern("talos_audit_recheck_bad_rows\\{[^}]*} 0");
  }

  @Test
  void an_opening_that_was_exchanged_is_found_and_an_erased_one_is_not_missed()
      throws SQLException {
    String key = "event_id=" + event + ", name=client_address";
    change(
        "update audit.opening set value = '198.51.100.7' where event_id = cast(? as uuid)", event);

    assertThat(recheck()).isEqualTo("BROKEN");
    assertThat(console.read("FirstBadRow"))
        .isEqualTo("audit.opening (" + key + ") is not what its event commits to");

    change("delete from audit.opening where event_id = cast(? as uuid)", event);
    assertThat(recheck()).isEqualTo("HOLDS");
  }

  @Test
  void an_event_in_a_log_that_there_is_not_is_in_none() throws SQLException {
    change(
        "with hidden as (insert into audit.event (event_id, source, source_seq, phase, kind, result,"
            + " ts, event, event_hash) select cast('"
            + HIDDEN
            + "' as uuid), 'hidden/0', 0, phase, kind, result, ts, event, event_hash"
            + " from audit.event where event_id = cast(? as uuid) returning event_id),"
            + " counted as (insert into audit.source (source, next_seq) values ('hidden/0', 1))"
            + " insert into audit.leaf (log_id, log_seq, event_id, leaf)"
            + " select 99, 0, event_id, decode('7b7d', 'hex') from hidden",
        event);
    try {
      assertThat(recheck()).isEqualTo("BROKEN");
      assertThat(console.read("FirstBadRow"))
          .isEqualTo(
              "audit.event (event_id=" + HIDDEN + ") is in no log and does not wait for one");
    } finally {
      change("delete from audit.leaf where event_id = cast(? as uuid)", HIDDEN);
      change("delete from audit.event where event_id = cast(? as uuid)", HIDDEN);
      change("delete from audit.source where source = ?", "hidden/0");
    }
    assertThat(recheck()).isEqualTo("HOLDS");
  }

  private String recheck() {
    Patiently.until("no recheck is under way", () -> !(boolean) console.read("Running"));
    assertThat((boolean) console.call("start")).isTrue();
    Patiently.until("the recheck ended", () -> !(boolean) console.read("Running"));
    assertThat(console.read("Failure")).isEqualTo("");
    return (String) console.read("Verdict");
  }

  private void rewrite(String from, String to) throws SQLException {
    change(
        "update audit.event set event = replace(event, '"
            + from
            + "', '"
            + to
            + "') where event_id = cast(? as uuid)",
        event);
  }

  /** As the role that owns the tables; the application's may not. */
  private void change(String sql, String value) throws SQLException {
    try (Connection connection = stack.owner();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      assertThat(statement.executeUpdate()).isEqualTo(1);
    }
  }
}
