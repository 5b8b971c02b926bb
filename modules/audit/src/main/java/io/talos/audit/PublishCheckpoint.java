package io.talos.audit;

import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.Waiting;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives the newest checkpoint out once what it covers cannot be lost.
 *
 * <p>With {@link Durability#STANDBY} a checkpoint that has committed is only a row: nothing serves,
 * keeps or anchors it until a synchronous standby says that it has flushed everything that was
 * written up to a moment after the commit. That a commit returned is not enough: Postgres ends its
 * wait for a standby with a mere warning when the session is cancelled, and shows rows of a commit
 * that waited when the server crashed.
 *
 * <p>What a node saw published is published; after a promotion the row that says so may be missing.
 *
 * <p>Source: PostgreSQL documentation, "Synchronous Replication" and "pg_stat_replication".
 */
@Dependent
public class PublishCheckpoint {
  private final LogRows rows;
  private final LogGuard guard;
  private final AuditSettings settings;

  @Inject
  PublishCheckpoint(LogRows rows, LogGuard guard, AuditSettings settings) {
    this.rows = rows;
    this.guard = guard;
    this.settings = settings;
  }

  /** The newest checkpoint, when it is not given out yet; asked after its commit. */
  @Transactional(TxType.REQUIRES_NEW)
  public Optional<Waiting> waiting() {
    Optional<LogName> log = rows.current();
    Optional<Published> signed = log.flatMap(rows::latest);
    if (signed.isEmpty() || signed.equals(rows.published(log.get()))) {
      return Optional.empty();
    }
    return Optional.of(new Waiting(log.get(), signed.get(), rows.written()));
  }

  /** Gives it out if it is safe by now; empty when it has to wait longer. */
  @Transactional(TxType.REQUIRES_NEW)
  public Optional<Published> publish(Waiting waiting, Instant now) {
    boolean safe =
        settings.durability() == Durability.ASYNC
            || guard.seen().filter(waiting.signed()::equals).isPresent()
            || rows.isOnStandby(waiting.written());
    if (!safe) {
      publishSeen(waiting, now);
      return Optional.empty();
    }
    rows.publish(waiting.log(), waiting.signed().checkpoint().size(), now);
    return Optional.of(waiting.signed());
  }

  private void publishSeen(Waiting waiting, Instant now) {
    LogName log = waiting.log();
    long given = rows.published(log).map(p -> p.checkpoint().size()).orElse(0L);
    guard
        .seen()
        .map(Published::checkpoint)
        .filter(seen -> seen.origin().equals(log.origin()) && seen.size() > given)
        .ifPresent(seen -> rows.publish(log, seen.size(), now));
  }
}
