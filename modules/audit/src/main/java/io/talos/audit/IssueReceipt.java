package io.talos.audit;

import io.talos.audit.tree.ReceiptKey;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.port.AdmissionReceipts;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;

/**
 * Signs for the caller that its request is on record. There is no receipt for an admission that has
 * not committed.
 *
 * <p>Source: docs/reference/receipts.md; C2SP signed-note.
 */
@Dependent
public class IssueReceipt implements AdmissionReceipts {
  private final ReceiptKey key;
  private final CurrentAdmission admission;

  @Inject
  IssueReceipt(ReceiptKey key, CurrentAdmission admission) {
    this.key = key;
    this.admission = admission;
  }

  @Override
  public String of(UuidV7 admissionId) {
    AuditEvent event =
        admission
            .durable(admissionId)
            .orElseThrow(() -> new IllegalStateException("the admission is not durable"));
    JsonObject json = event.json();
    AdmissionReceipt receipt =
        new AdmissionReceipt(
            key.origin(),
            admissionId,
            event.hash(),
            json.getString("source"),
            json.getJsonNumber("source_seq").longValueExact(),
            WireTime.parse(json.getString("ts")));
    return AdmissionReceipt.header(key.signer().sign(receipt.text()));
  }

  /** The key that verifies receipts; the first call fetches it. */
  @Transactional
  public NoteKey key() {
    return key.signer().verifier();
  }
}
