package io.talos.a2a;

import io.talos.a2a.groups.Entries;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Retention;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Drops the oldest entries of groups: what all of its readers acknowledged, and what is older than
 * the retention. Bounded, and safe to repeat.
 */
@Dependent
public class PruneGroups {
  /** A busy group is pruned the next time. */
  private static final Duration AT_ONCE = Duration.ofMillis(1);

  private final Groups groups;
  private final Entries entries;
  private final Retention retention;

  @Inject
  PruneGroups(Groups groups, Entries entries, Retention retention) {
    this.groups = groups;
    this.entries = entries;
    this.retention = retention;
  }

  /** Groups of which something may go; at most {@value Limits#SWEPT_GROUPS_MAX}. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<UuidV7> due(Instant now) {
    return entries.prunable(now.minus(retention.age()), Limits.SWEPT_GROUPS_MAX);
  }

  /** Drops a batch of one group; answers how many, 0 when somebody else is changing it. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public int prune(UuidV7 group, Instant now) {
    return groups.lock(group, AT_ONCE)
        ? entries.prune(group, now.minus(retention.age()), Limits.SWEPT_ENTRIES_MAX)
        : 0;
  }
}
