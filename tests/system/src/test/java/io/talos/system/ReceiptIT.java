package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.Receipt;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bob wants to be able to prove later what Talos acknowledged, even against Talos. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class ReceiptIT {
  private static final String RECEIPT = "talos-receipt";

  private final Stack stack;
  private final Identity bob;
  private final NoteKey key;
  @TempDir Path folder;

  ReceiptIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
    this.key = Replies.value(stack.client().receiptKey());
  }

  private AdmissionReceipt opened(Receipt receipt) {
    return AdmissionReceipt.open(receipt.signed().orElseThrow(), key);
  }

  @Test
  void what_was_acknowledged_is_proved_offline_by_receipt_and_bundle() throws IOException {
    Receipt receipt = Replies.granted(stack.client().agent(bob).whoami()).receipt();
    UuidV7 admission = receipt.admissionId().orElseThrow();
    Bytes bundle =
        Replies.value(
            stack.client().agent(bob).audit().awaitBundle(admission, OptionalLong.empty()));
    Files.write(folder.resolve("bundle.json"), bundle.toArray());
    String header = AdmissionReceipt.header(receipt.signed().orElseThrow());
    Command command =
        Command.run(
            "audit",
            "verify",
            folder.resolve("bundle.json").toString(),
            "--vkey=" + Replies.value(stack.client().logKey()).vkey(),
            "--receipt=" + header,
            "--receipt-key=" + key.vkey());

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said())
        .contains("holds: the server acknowledged event " + admission)
        .contains("holds: the log holds what the receipt names");
  }

  @Test
  void a_receipt_names_the_event_that_is_served_and_its_place() {
    Receipt receipt = Replies.granted(stack.client().agent(bob).whoami()).receipt();

    AdmissionReceipt opened = opened(receipt);
    JsonObject event =
        Replies.value(stack.operator().audit().event(opened.eventId())).getJsonObject("event");
    assertThat(Optional.of(opened.eventId())).isEqualTo(receipt.admissionId());
    assertThat(opened.eventHash()).isEqualTo(Hex.decode(event.getString("event_hash")));
    assertThat(opened.source()).isEqualTo(event.getString("source"));
    assertThat(opened.sourceSeq()).isEqualTo(event.getInt("source_seq"));
    assertThat(opened.origin()).isEqualTo(Replies.value(stack.client().logKey()).name());
  }

  @Test
  void a_request_that_was_admitted_and_failed_has_a_receipt_too() {
    Receipt receipt =
        Replies.refused(
                stack.client().agent(bob).audit().event(Notes.freshId()),
                ErrorCode.AUDIT_EVENT_NOT_FOUND)
            .receipt();

    assertThat(Optional.of(opened(receipt).eventId())).isEqualTo(receipt.admissionId());
  }

  @Test
  void who_was_not_let_in_gets_none() {
    Http http = stack.http();

    for (Http.Answer answer :
        List.of(http.get("/identity/whoami"), http.get("/version"), http.get("/nowhere"))) {
      assertThat(answer.headers()).doesNotContainKeys(RECEIPT, "talos-admission");
    }
  }
}
