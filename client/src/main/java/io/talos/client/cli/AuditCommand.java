package io.talos.client.cli;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TlogProof;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.Verification.Step;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.contracts.time.WireTime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proofs from the audit log, checked without any server; evidence, fetched; the log, followed. */
@Command(
    name = "audit",
    description = "Check proofs from the audit log, fetch evidence, and follow it.",
    subcommands = {
      WatchCommand.class,
      ExportCommand.class,
      CompletenessCommand.class,
      KeysCommand.class
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a method
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say verify, completeness, export, keys or watch.");
  }

  @Command(
      name = "verify",
      description = {
        "Verify a proof bundle, a tlog-proof file, an evidence export or a receipt offline: nobody"
            + " is asked.",
        "Exit status 0 only when every part of it holds."
      })
  int verify(
      @Parameters(
              paramLabel = "PROOF",
              arity = "0..1",
              description =
                  "The bundle's or the tlog-proof's file; none to verify a receipt alone.")
          Optional<Path> file,
      @Option(
              names = "--vkey",
              description =
                  "The log's key, for a proof; @FILE reads it from a file. Again for each key that"
                      + " the log had, and of an export for each further log.")
          @Nullable List<String> vkeys,
      @Option(
              names = "--since",
              description = "An earlier checkpoint's file: also prove that the log only grew.")
          Optional<Path> since,
      @Mixin ReceiptOptions receipts,
      @Mixin AnchorTrust trust) {
    if (file.isPresent() != (vkeys != null) || !receipts.areWhole()) {
      throw new ParameterException(
          spec.commandLine(), "A proof goes with --vkey, a receipt with --receipt-key.");
    }
    if (file.isEmpty() && receipts.receipt.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Name a proof, a receipt, or both.");
    }
    PrintWriter out = spec.commandLine().getOut();
    Optional<AdmissionReceipt> receipt;
    try {
      receipt = receipts.open();
    } catch (TalosException e) {
      out.println(
          e.code() + ": not proved that the server acknowledged it (" + e.getMessage() + ")");
      return Main.REFUSED;
    }
    receipt.ifPresent(shown -> ReceiptOptions.tell(shown, out));
    if (file.isEmpty() || vkeys == null) {
      out.println("not shown: that the log holds it; no proof was given");
      return Main.DONE;
    }
    List<LogKeys> logs = LogKeys.byLog(vkeys.stream().map(NoteKey::parse).toList());
    Optional<ExportFile> export = ExportFile.of(file.get());
    if (export.isPresent()) {
      return export.get().verify(logs, out);
    }
    if (logs.size() > 1) {
      throw new ParameterException(spec.commandLine(), "This proof is of one log.");
    }
    LogKeys log = logs.get(0);
    Bytes proof = SmallFile.read(file.get());
    return TlogProof.isOne(proof)
        ? tlogProof(proof, log, receipt, out)
        : bundle(proof, new BundleVerifier(log, trust.read()), since, receipt, out);
  }

  private static int bundle(
      Bytes bundle,
      BundleVerifier verifier,
      Optional<Path> since,
      Optional<AdmissionReceipt> receipt,
      PrintWriter out) {
    Verification result =
        since
            .map(SmallFile::read)
            .map(SignedNote::parse)
            .map(earlier -> verifier.verify(bundle, earlier))
            .orElseGet(() -> verifier.verify(bundle));
    return result.match(
        verified -> {
          report(verified, out);
          ProofBundle proved = ProofBundle.parse(bundle, new SchemaLibrary());
          LogLeaf entry =
              LogLeaf.of(proved.event(), proved.leaf().getJsonNumber("log_seq").longValueExact());
          ProofPath.of(proved, verified).forEach(step -> out.println("path: " + step));
          UuidV7 event = new UuidV7(proved.event().getString("event_id"));
          return verified(verified.checkpoint(), entry, Optional.of(event), receipt, out);
        },
        refused -> report(refused, out));
  }

  private static int tlogProof(
      Bytes file, LogKeys log, Optional<AdmissionReceipt> receipt, PrintWriter out) {
    try {
      TlogProof proof = TlogProof.parse(file);
      Bytes entry = proof.extra().orElse(Bytes.empty());
      Checkpoint checkpoint = proof.verify(entry, log);
      out.println("holds: " + Step.CHECKPOINT.statement());
      out.println("holds: " + Step.INCLUSION.statement());
      out.println("entry: " + entry.utf8());
      if (receipt.isEmpty()) {
        return verified(checkpoint, out);
      }
      LogLeaf leaf = LogLeaf.parse(entry, new SchemaLibrary());
      return verified(checkpoint, leaf, Optional.empty(), receipt, out);
    } catch (TalosException e) {
      out.println(e.code() + ": not proved that " + Step.INCLUSION.statement());
      return Main.REFUSED;
    }
  }

  private static int verified(
      Checkpoint checkpoint,
      LogLeaf entry,
      Optional<UuidV7> event,
      Optional<AdmissionReceipt> receipt,
      PrintWriter out) {
    int status =
        receipt.map(shown -> ReceiptOptions.compare(shown, entry, event, out)).orElse(Main.DONE);
    return status == Main.DONE ? verified(checkpoint, out) : status;
  }

  private static int verified(Checkpoint checkpoint, PrintWriter out) {
    out.println(
        "VERIFIED against " + checkpoint.origin() + " at " + checkpoint.size() + " entries");
    return Main.DONE;
  }

  private static void report(Verification.Verified verified, PrintWriter out) {
    verified.proved().forEach(step -> out.println("holds: " + step.statement()));
    verified.gaps().forEach(gap -> out.println("not shown: " + gap.statement()));
    verified.anchors().forEach(anchor -> out.println(report(anchor)));
    verified
        .unknownAnchors()
        .forEach(kind -> out.println("not shown: anchors of the kind " + kind + " are not known"));
    verified
        .request()
        .ifPresent(
            request ->
                out.println(
                    "request: "
                        + request.method()
                        + " "
                        + request.targetUri()
                        + " signed by "
                        + request.keyId()));
  }

  private static String report(AnchorCheck anchor) {
    return anchor.match(
        holds ->
            "anchored: "
                + holds.statement()
                + holds.time().map(time -> " by " + WireTime.format(time)).orElse(""),
        open -> "not shown: " + open.why(),
        refused -> "refused: " + refused.why());
  }

  private static int report(Verification.Refused refused, PrintWriter out) {
    out.println(
        refused.code()
            + ": not proved that "
            + refused.step().statement()
            + " ("
            + refused.why()
            + ")");
    return Main.REFUSED;
  }
}
