package io.talos.policy;

/** Something was revoked as part of somebody else's change; true once the transaction commits. */
record RevocationRecorded(long epoch) {}
