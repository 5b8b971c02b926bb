package io.talos.audit.ops;

import io.talos.audit.CheckHistory;
import io.talos.audit.IssueReceipt;
import io.talos.audit.OpenLog;
import io.talos.audit.RotateAddressKey;
import io.talos.audit.ServeLog;
import io.talos.audit.WitnessCheckpoint;
import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.evm.EvmAccount;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.KnownAnswer;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.Published;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.runtime.persistence.Migration;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * Brings the audit module up.
 *
 * <p>The application does not start when the schema cannot be migrated, hashing or signatures give
 * a wrong answer, the application's database role may change the log, the log's key is not the
 * vault's, or the vault has no key for receipts and addresses: from here on nothing can fail
 * between an admission and its receipt. When the database does not continue what this node saw
 * published, the application starts and the log is stopped.
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
  @Inject CheckHistory history;
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
    LogName log = openLog.open(clock.instant());
    if (!log.origin().equals(auditSettings.origin())) {
      AuditLog.otherOrigin(log.origin(), auditSettings.origin());
    }
    receipts.key();
    addressKey.use(clock.instant());
    compare();
    long size = guard.seen().map(Checkpoint::size).orElse(0L);
    AuditLog.started(log.origin(), size, settings.effective("audit"));
    AuditLog.anchoring(
        lanes.all().stream().map(lane -> lane.kind().wire()).toList().toString(),
        witness.key().vkey(),
        anchorSettings.evm().isPresent() ? account.address().text() : "none");
  }

  private void compare() {
    try {
      file.read().map(Published::note).ifPresent(history::check);
      serveLog
          .checkpoint()
          .match(
              newest -> {
                guard.saw(newest.checkpoint());
                return true;
              },
              code -> {
                throw new TalosException(code, "the log has no checkpoint");
              });
    } catch (TalosException e) {
      if (e.code() != ErrorCode.AUDIT_LOG_HALTED) {
        throw e;
      }
      String why = String.valueOf(e.getMessage());
      if (guard.halt(why)) {
        AuditLog.halted(why);
      }
    }
  }
}
