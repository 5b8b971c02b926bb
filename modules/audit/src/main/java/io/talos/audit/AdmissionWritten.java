package io.talos.audit;

import io.talos.contracts.audit.AuditEvent;

/** An admission event was written; told within this module, heard when it has committed. */
record AdmissionWritten(AuditEvent event) {}
