package io.talos.runtime.persistence;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Brings one module's schema to what its numbered SQL says.
 *
 * <p>Scripts lie in {@code db/<module>/V<number>__<words>.sql} of the module, run as the role
 * {@code talos_owner}, and grant to {@code talos_app} exactly what the application may do. Nodes
 * that start together wait for each other.
 */
public final class Migration {
  private Migration() {}

  /**
   * Migrates the schema {@code module}.
   *
   * @param owner data source {@code jdbc/talosDdl}, outside of any transaction
   * @param anchor a class of the module, so that its scripts are found
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when a script fails or was
   *     edited after it ran
   */
  public static void run(DataSource owner, Class<?> anchor, String module) {
    try {
      Flyway.configure(anchor.getClassLoader())
          .dataSource(owner)
          .locations("classpath:db/" + module)
          .schemas(module)
          .defaultSchema(module)
          .failOnMissingLocations(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "cannot migrate schema " + module, e);
    }
  }
}
