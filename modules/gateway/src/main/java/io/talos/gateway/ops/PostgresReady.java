package io.talos.gateway.ops;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Ready only while Postgres answers and takes writes. */
@Readiness
@ApplicationScoped
public class PostgresReady implements HealthCheck {
  private static final int ANSWER_SECONDS_MAX = 2;

  @Resource(lookup = "jdbc/talos")
  private @Nullable DataSource primary;

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("postgres").status(isWritable()).build();
  }

  private boolean isWritable() {
    if (primary == null) {
      return false;
    }
    try (Connection connection = primary.getConnection();
        var statement = connection.createStatement()) {
      statement.setQueryTimeout(ANSWER_SECONDS_MAX);
      try (var result = statement.executeQuery("select pg_is_in_recovery()")) {
        return result.next() && !result.getBoolean(1);
      }
    } catch (SQLException e) {
      return false;
    }
  }
}
