package io.talos.audit.ops;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;

/** Tries, as the application's database role, what that role must not be able to do. */
final class AppendOnly {
  /** PostgreSQL, "Error Codes": insufficient_privilege. */
  private static final String REFUSED = "42501";

  private static final List<String> FORBIDDEN =
      List.of(
          "update audit.event set kind = kind where false",
          "delete from audit.event where false",
          "update audit.leaf set leaf = leaf where false",
          "delete from audit.tree_hash where false",
          "update audit.checkpoint set note = note where false",
          "update audit.log_key set vkey = vkey where false",
          "delete from audit.log_key_end where false",
          "delete from audit.log_loss where false",
          "update audit.anchor set evidence = evidence where false",
          "delete from audit.block where false",
          "delete from audit.erased where false",
          "update audit.witnessed set root = root where false");

  private AppendOnly() {}

  /**
   * Returns when the database refuses every try.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when the application connects
   *     with a role that may change the log, {@link ErrorCode#DATABASE_UNAVAILABLE} when the
   *     database does not answer
   */
  static void check(DataSource application) {
    try (Connection connection = application.getConnection();
        Statement statement = connection.createStatement()) {
      for (String sql : FORBIDDEN) {
        requireRefused(statement, sql);
      }
    } catch (SQLException e) {
      throw new TalosException(
          ErrorCode.DATABASE_UNAVAILABLE, "cannot ask for the application's rights", e);
    }
  }

  private static void requireRefused(Statement statement, String sql) throws SQLException {
    try {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      if (REFUSED.equals(e.getSQLState())) {
        return;
      }
      throw e;
    }
    throw new TalosException(
        ErrorCode.CONFIGURATION_INVALID, "the application's database role may change the log");
  }
}
