package io.talos.audit.tree;

import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;

/**
 * Entries that were published and are gone: those from {@code surviving} up to the lost
 * checkpoint's size.
 *
 * @param lost the largest checkpoint that a node saw published
 * @param surviving how many of its entries the database still has
 * @param logId the log that holds the event which says so
 * @param eventId that event
 */
public record Loss(Published lost, long surviving, long logId, UuidV7 eventId) {
  /** Checks that something is lost. */
  public Loss {
    Check.that(
        0 <= surviving && surviving < lost.checkpoint().size(),
        "of a loss fewer entries are left than were published");
  }
}
