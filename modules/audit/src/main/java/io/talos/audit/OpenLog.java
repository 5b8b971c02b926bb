package io.talos.audit;

import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.SigningKeys;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Makes sure that there is a log to write, with a checkpoint to start from. */
@Dependent
public class OpenLog {
  private final LogRows rows;
  private final SigningKeys keys;
  private final AuditSettings settings;

  @Inject
  OpenLog(LogRows rows, SigningKeys keys, AuditSettings settings) {
    this.rows = rows;
    this.keys = keys;
    this.settings = settings;
  }

  /**
   * The log that is written. On the very first start it is opened, under the origin that the
   * settings name, with a checkpoint of size 0; later the origin in the database stays.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when the vault lacks a key of
   *     the log, or standbys are to be waited for that the application is not shown
   */
  @Transactional
  public LogName open(Instant now) {
    if (settings.durability() == Durability.STANDBY && !rows.seesStandbys()) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID,
          "talos.audit.durability=standby: grant pg_read_all_stats to the application's role");
    }
    rows.lock();
    LogName log = rows.current().orElseGet(() -> first(now));
    if (!log.signing().stream().allMatch(keys::has)) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "the vault lacks a key that signs the log");
    }
    return log;
  }

  private LogName first(Instant now) {
    LogName log = rows.open(keys.create(settings.origin()), now);
    Checkpoint empty = new Checkpoint(log.origin(), 0, MerkleTree.emptyRoot());
    rows.sign(log, new Published(empty, keys.sign(log, empty.text())), now);
    rows.publish(log, 0, now);
    return log;
  }
}
