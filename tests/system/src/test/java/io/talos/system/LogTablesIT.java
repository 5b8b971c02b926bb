package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.registry.Threat;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory has the application's database password and wants to rewrite history. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class LogTablesIT {
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final Stack stack;

  LogTablesIT(Stack stack) {
    this.stack = stack;
    Agents.registered(stack);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "update audit.event set kind = 'nothing.happened'",
        "delete from audit.event",
        "truncate audit.event",
        "update audit.leaf set log_seq = log_seq + 1",
        "delete from audit.leaf",
        "update audit.tree_hash set position = position",
        "delete from audit.tree_hash",
        "update audit.checkpoint set size = 0",
        "delete from audit.checkpoint",
        "update audit.log set origin = origin",
        "update audit.log_key set vkey = vkey",
        "delete from audit.log_key_end",
        "update audit.log_loss set surviving = surviving",
        "delete from audit.log_loss",
        "delete from audit.published",
        "update audit.anchor set evidence = evidence",
        "delete from audit.anchor",
        "delete from audit.anchor_epoch",
        "update audit.block set block = block",
        "delete from audit.block",
        "update audit.witnessed set root = root",
        "delete from audit.witness_contradiction",
        "delete from audit.evm_attempt",
        "update audit.opening set value = value",
        "delete from audit.erased",
        "update audit.erasure set reason = reason",
        "drop table audit.event",
        "alter table audit.event disable trigger all",
        "create table audit.mine (x int)",
        "create table public.mine (x int)",
        "set role talos_owner"
      })
  void the_application_role_cannot(String statement) throws SQLException {
    try (Connection connection = stack.application();
        var sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.execute(statement))
          .isInstanceOfSatisfying(
              SQLException.class,
              e -> assertThat(e.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
    }
  }

  @Test
  void every_event_number_of_every_source_is_there_once_and_without_a_gap() {
    List<String> gaps =
        stack.column(
            "select source from audit.event group by source having count(*) <> max(source_seq) -"
                + " min(source_seq) + 1 or min(source_seq) > 1");

    assertThat(gaps).isEmpty();
  }
}
