package io.talos.client.cli;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.time.WireTime;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A receipt that a caller kept, and how the log stands to it. */
final class ReceiptOptions {
  @Option(
      names = "--receipt",
      description = "A receipt, as the header Talos-Receipt held it; @FILE reads it from a file.")
  Optional<String> receipt = Optional.empty();

  @Option(
      names = "--receipt-key",
      description = "The key that signs the server's receipts; @FILE reads it from a file.")
  Optional<String> key = Optional.empty();

  boolean areWhole() {
    return receipt.isPresent() == key.isPresent();
  }

  /**
   * The receipt, if one was given, and its signature holds.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it does not, {@link
   *     ErrorCode#KEY_INVALID} when the key is none
   */
  Optional<AdmissionReceipt> open() {
    return receipt.map(
        header ->
            AdmissionReceipt.open(
                AdmissionReceipt.note(header.strip()), NoteKey.parse(key.orElseThrow())));
  }

  static void tell(AdmissionReceipt receipt, PrintWriter out) {
    out.println(
        "holds: the server acknowledged event "
            + receipt.eventId()
            + " as "
            + place(receipt)
            + " at "
            + WireTime.format(receipt.ts()));
  }

  static String place(AdmissionReceipt receipt) {
    return "number " + receipt.sourceSeq() + " of " + receipt.source();
  }

  /** Says how an entry that lies in the log stands to the receipt; the exit status. */
  static int compare(
      AdmissionReceipt receipt, LogLeaf entry, Optional<UuidV7> event, PrintWriter out) {
    AdmissionReceipt.Fit fit =
        event.map(id -> receipt.fits(entry, id)).orElseGet(() -> receipt.fits(entry));
    return switch (fit) {
      case NAMED -> {
        out.println("holds: the log holds what the receipt names, as entry " + entry.logSeq());
        yield Main.DONE;
      }
      case CONTRADICTED -> {
        out.println(
            ErrorCode.AUDIT_RECEIPT_CONTRADICTED
                + ": the server acknowledged "
                + receipt.eventHash().hex()
                + " as "
                + place(receipt)
                + ", but entry "
                + entry.logSeq()
                + " of the log is "
                + entry.eventHash().hex()
                + " as number "
                + entry.sourceSeq()
                + " of "
                + entry.source()
                + "; the receipt and this proof together show it to others");
        yield Main.REFUSED;
      }
      case OTHER -> {
        out.println(ErrorCode.PROOF_INVALID + ": the receipt is of another event than this proof");
        yield Main.REFUSED;
      }
    };
  }
}
