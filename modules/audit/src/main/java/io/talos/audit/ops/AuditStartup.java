package io.talos.audit.ops;

import io.talos.audit.IssueReceipt;
import io.talos.audit.OpenLog;
import io.talos.audit.RotateAddressKey;
import io.talos.audit.SequenceEvents;
import io.talos.audit.ServeLog;
import io.talos.audit.WitnessCheckpoint;
import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.evm.EvmAccount;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.KnownAnswer;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogOrigin;
import io.talos.runtime.persistence.Migration;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * Brings the audit module up.
 *
 * <p>The application does not start when the schema cannot be migrated, hashing or signatures give
 * a wrong answer, the application's database role may change the log, the log's key is not the
 * vault's, or the vault has no key for receipts and addresses: from here on nothing can fail
 * between an admission and its receipt. When the database was set back behind what this node saw
 * published, a new log is opened; when it does not continue it otherwise, the application starts
 * and the log is stopped.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class AuditStartup {
  @Resource(lookup = "jdbc/talosDdl")
  DataSource owner;

  @Resource(lookup = "jdbc/talos")
  DataSource application;

  @Inject Settings settings;
  @Inject AuditSettings auditSettings;
  @Inject OpenLog openLog;
  @Inject IssueReceipt receipts;
  @Inject RotateAddressKey addressKey;
  @Inject ServeLog serveLog;
  @Inject SequenceEvents sequenceEvents;
  @Inject CheckpointFile file;
  @Inject LogGuard guard;
  @Inject AnchorSettings anchorSettings;
  @Inject AnchorLanes lanes;
  @Inject WitnessCheckpoint witness;
  @Inject EvmAccount account;
  @Inject InstantSource clock;

  @PostConstruct
  void start() {
    Migration.run(owner, AuditStartup.class, "audit");
    KnownAnswer.check();
    AppendOnly.check(application);
    Instant now = clock.instant();
    LogName log = openLog.open(now);
    if (!LogOrigin.isOf(auditSettings.origin(), log.origin())) {
      AuditLog.otherOrigin(log.origin(), auditSettings.origin());
    }
    receipts.key();
    addressKey.use(now);
    compare(now);
    long size = guard.seen().map(seen -> seen.checkpoint().size()).orElse(0L);
    AuditLog.started(log.origin(), size, settings.effective("audit"));
    AuditLog.anchoring(
        lanes.all().stream().map(lane -> lane.kind().wire()).toList().toString(),
        witness.key().vkey(),
        anchorSettings.evm().isPresent() ? account.address().text() : "none");
  }

  /** What the file holds is only what this node believes until it was compared. */
  private void compare(Instant now) {
    try {
      file.read().ifPresent(guard::saw);
    } catch (TalosException e) {
      if (e.code() != ErrorCode.AUDIT_LOG_HALTED) {
        throw e;
      }
      String why = String.valueOf(e.getMessage());
      if (guard.halt(why)) {
        AuditLog.halted(why);
      }
    }
    sequenceEvents.compare(now);
    serveLog
        .newest()
        .match(
            newest -> {
              guard.saw(newest);
              return true;
            },
            code -> false);
  }
}
