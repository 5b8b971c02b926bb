package io.talos.client.cli;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TlogProof;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.Verification.Step;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.time.WireTime;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Proofs from the audit log, checked without any server; and the log, followed. */
@Command(
    name = "audit",
    description = "Check proofs from the audit log, and follow it.",
    subcommands = WatchCommand.class,
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a method
final class AuditCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say verify or watch.");
  }

  @Command(
      name = "verify",
      description = {
        "Verify a proof bundle, or a tlog-proof file, offline: nobody is asked.",
        "Exit status 0 only when every part of it holds."
      })
  int verify(
      @Parameters(paramLabel = "PROOF", description = "The bundle's or the tlog-proof's file.")
          Path file,
      @Option(
              names = "--vkey",
              required = true,
              description = "The log's key; @FILE reads it from a file.")
          String vkey,
      @Option(
              names = "--since",
              description = "An earlier checkpoint's file: also prove that the log only grew.")
          Optional<Path> since,
      @Mixin AnchorTrust trust) {
    PrintWriter out = spec.commandLine().getOut();
    NoteKey log = NoteKey.parse(vkey);
    Bytes bundle = SmallFile.read(file);
    if (TlogProof.isOne(bundle)) {
      return tlogProof(bundle, log, out);
    }
    BundleVerifier verifier = new BundleVerifier(log, trust.read());
    Verification result =
        since
            .map(SmallFile::read)
            .map(SignedNote::parse)
            .map(earlier -> verifier.verify(bundle, earlier))
            .orElseGet(() -> verifier.verify(bundle));
    return result.match(verified -> report(verified, out), refused -> report(refused, out));
  }

  private static int tlogProof(Bytes file, NoteKey log, PrintWriter out) {
    try {
      TlogProof proof = TlogProof.parse(file);
      Bytes entry = proof.extra().orElse(Bytes.empty());
      Checkpoint checkpoint = proof.verify(entry, log);
      out.println("holds: " + Step.CHECKPOINT.statement());
      out.println("holds: " + Step.INCLUSION.statement());
      out.println("entry: " + entry.utf8());
      return verified(checkpoint, out);
    } catch (TalosException e) {
      out.println(e.code() + ": not proved that " + Step.INCLUSION.statement());
      return Main.REFUSED;
    }
  }

  private static int verified(Checkpoint checkpoint, PrintWriter out) {
    out.println(
        "VERIFIED against " + checkpoint.origin() + " at " + checkpoint.size() + " entries");
    return Main.DONE;
  }

  private static int report(Verification.Verified verified, PrintWriter out) {
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
    return verified(verified.checkpoint(), out);
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
