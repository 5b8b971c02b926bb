package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.audit.event.Samples;
import io.talos.audit.tree.ReceiptKey;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.AdmissionReceipt.Fit;
import io.talos.contracts.log.LogLeaf;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory wants a receipt for what is not on record. */
class UnacknowledgedAdmissionTest {
  @TempDir Path folder;

  private final CurrentAdmission current = new CurrentAdmission();
  private final IssueReceipt receipts =
      new IssueReceipt(
          new ReceiptKey(() -> "talos.example/audit/log", () -> Samples.key(9).seed()), current);
  private final RequestContext request = Samples.request(Samples.bob());
  private final UuidV7 admission = request.admissionId().orElseThrow();

  private AuditEvent written() {
    return new AuditStage(folder)
        .writeEvent.write(Samples.admission(), Optional.of(request), Samples.NOW);
  }

  @Test
  void a_committed_admission_gets_a_receipt_that_names_its_entry() {
    AuditEvent event = written();
    current.committed(event);

    AdmissionReceipt receipt =
        AdmissionReceipt.open(AdmissionReceipt.note(receipts.of(admission)), receipts.key());

    assertThat(receipt.eventId()).isEqualTo(admission);
    assertThat(receipt.origin()).isEqualTo("talos.example/audit/log");
    assertThat(receipt.fits(LogLeaf.of(event.json(), 0), admission)).isEqualTo(Fit.NAMED);
  }

  @Test
  void an_admission_that_did_not_commit_gets_none() {
    written();

    assertThatThrownBy(() -> receipts.of(admission)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void an_admission_of_another_request_gets_none() {
    current.committed(written());

    assertThatThrownBy(() -> receipts.of(Samples.IDS.next(Samples.NOW)))
        .isInstanceOf(IllegalStateException.class);
  }
}
