package io.talos.contracts.policy;

/** Why access was granted or refused; the names are stable and stand in audit events. */
public enum AccessReason {
  /** A binding permits it here, and none forbids it. */
  RBAC_PERMISSION_ALLOWED,
  /** A binding forbids it here. */
  RBAC_EXPLICITLY_DENIED,
  /** No role of the subject permits it anywhere. */
  RBAC_PERMISSION_DENIED,
  /** A role permits it, but not here. */
  RBAC_SCOPE_MISMATCH,
  /** The subject has no binding that is in force. */
  RBAC_BINDING_NOT_FOUND,
  /** A binding names a role that is not there. */
  RBAC_ROLE_NOT_FOUND
}
