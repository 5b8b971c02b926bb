package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;

/**
 * A CDI event that must leave an audit event behind, in the transaction in which it is fired.
 *
 * <p>The audit module observes this type with {@code @Transactional(MANDATORY)}: fired outside a
 * transaction, or when the audit event cannot be written, the firing operation fails.
 */
public interface Audited {
  /** What the audit event says. */
  AuditFacts facts();
}
