package io.talos.audit;

import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.LogKey;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Makes sure that there is a log to write, with a checkpoint to start from. */
@Dependent
public class OpenLog {
  private final LogRows rows;
  private final LogKey key;
  private final AuditSettings settings;

  @Inject
  OpenLog(LogRows rows, LogKey key, AuditSettings settings) {
    this.rows = rows;
    this.key = key;
    this.settings = settings;
  }

  /**
   * The log that is written. On the very first start it is opened, under the origin that the
   * settings name, with a checkpoint of size 0; later the origin in the database stays.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when the vault's key is not the
   *     log's, or standbys are to be waited for that the application is not shown
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
    if (!key.signer(log.origin()).verifier().equals(log.key())) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "the vault holds another key than the log's");
    }
    return log;
  }

  private LogName first(Instant now) {
    NoteSigner signer = key.signer(settings.origin());
    LogName log = rows.open(signer.verifier(), now);
    Checkpoint empty = new Checkpoint(log.origin(), 0, MerkleTree.emptyRoot());
    rows.sign(log, new Published(empty, signer.sign(empty.text())), now);
    rows.publish(log, 0, now);
    return log;
  }
}
