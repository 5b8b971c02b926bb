package io.talos.container.tested;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Looks into the tables as the application's own role; within a transaction, with that
 * transaction's eyes.
 */
@Dependent
@SuppressWarnings("NullAway.Init") // the container fills the field
public class Rows {
  @Resource(lookup = "jdbc/talos")
  DataSource application;

  /** The secret's versions. */
  public long secrets(String name) {
    return number("select count(*) from secrets.secret where name = ?", name);
  }

  /** The secret's newest version. */
  public long version(String name) {
    return number("select max(version) from secrets.secret where name = ?", name);
  }

  /** The agent's registrations. */
  public long agents(String did) {
    return number("select count(*) from identity.agent where did = ?", did);
  }

  /** The audit events that name {@code resource}. */
  public long events(String resource) {
    return number("select count(*) from audit.event where position(? in event) > 0", resource);
  }

  /** Those of them that wait for the log. */
  public long waiting(String resource) {
    return number(
        "select count(*) from audit.event join audit.outbox using (event_id)"
            + " where position(? in event) > 0",
        resource);
  }

  /** Those of them that are in the log. */
  public long leaves(String resource) {
    return number(
        "select count(*) from audit.event join audit.leaf using (event_id)"
            + " where position(? in event) > 0",
        resource);
  }

  /** The steps that all sources have counted. */
  public long steps() {
    return number("select coalesce(sum(next_seq), 0)::bigint from audit.source");
  }

  /** The events of all sources. */
  public long events() {
    return number("select count(*) from audit.event");
  }

  /** The sources whose events are not numbered 0, 1, 2 … up to their counter. */
  public long sourcesWithGaps() {
    return number(
        "select count(*) from audit.source s where s.next_seq <> (select count(*) from audit.event e"
            + " where e.source = s.source and e.source_seq between 0 and s.next_seq - 1)");
  }

  private long number(String sql, String... values) {
    try (var connection = application.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }
}
