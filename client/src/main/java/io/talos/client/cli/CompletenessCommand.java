package io.talos.client.cli;

import io.talos.client.TalosClient;
import io.talos.client.watch.Limits;
import io.talos.client.watch.LogFolder;
import io.talos.client.watch.LogSource;
import io.talos.client.watch.SourceNumbers;
import io.talos.client.watch.SourceNumbers.Run;
import io.talos.client.watch.WholeLog;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteKey;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows that no event of a source was left out of a log, or which ones were. */
@Command(
    name = "completeness",
    description = {
      "Read a whole log and show that the numbers of a source are all in it, or which are missing.",
      "With a receipt: whether the log holds what the server acknowledged.",
      "Exit status 0 when they are, 1 with a code when not."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class CompletenessCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      paramLabel = "LOG",
      description = "Base URI of the server, or a folder that --save filled.")
  String log;

  @Option(
      names = "--vkey",
      required = true,
      description = "The log's key, learned from somebody you trust; @FILE reads it from a file.")
  String vkey;

  @Option(
      names = "--source",
      description = "Who counted, <node>/<stripe>; a receipt names its own.")
  Optional<String> source = Optional.empty();

  @Option(names = "--from", defaultValue = "0", description = "First number; ${DEFAULT-VALUE}.")
  long from;

  @Option(names = "--to", description = "Last number, with --source.")
  Optional<Long> to = Optional.empty();

  @Option(names = "--save", description = "Folder to keep all that was read in, for later.")
  Optional<Path> save = Optional.empty();

  @Mixin ReceiptOptions receipts;

  @Override
  public Integer call() {
    if (source.isPresent() == receipts.receipt.isPresent()
        || source.isPresent() != to.isPresent()
        || !receipts.areWhole()) {
      throw new ParameterException(
          spec.commandLine(), "Say --source and --to, or --receipt and --receipt-key.");
    }
    if (from < 0 || to.map(last -> last < from || last - from >= Limits.RANGE_MAX).orElse(false)) {
      throw new ParameterException(
          spec.commandLine(), "A range has 1 to " + Limits.RANGE_MAX + " numbers.");
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
    SourceNumbers numbers =
        receipt
            .map(r -> new SourceNumbers(r.source(), r.sourceSeq(), r.sourceSeq()))
            .orElseGet(() -> new SourceNumbers(source.orElseThrow(), from, to.orElseThrow()));
    Checkpoint checkpoint;
    try {
      checkpoint = WholeLog.read(NoteKey.parse(vkey), reading(), numbers::add);
    } catch (TalosException e) {
      if (e.code() != ErrorCode.PROOF_INVALID) {
        throw e;
      }
      out.println(e.code() + ": the log is not what its key signed (" + e.getMessage() + ")");
      return Main.REFUSED;
    }
    return receipt
        .map(shown -> report(shown, numbers, checkpoint, out))
        .orElseGet(() -> report(source.orElseThrow(), numbers, checkpoint, out));
  }

  private LogSource reading() {
    LogSource read =
        log.startsWith("http://") || log.startsWith("https://")
            ? new TalosClient(URI.create(log)).log(NoteKey.parse(vkey))
            : new LogFolder(Path.of(log));
    return save.<LogSource>map(folder -> new LogFolder(folder).keeping(read)).orElse(read);
  }

  private static int report(
      AdmissionReceipt receipt, SourceNumbers numbers, Checkpoint checkpoint, PrintWriter out) {
    if (!numbers.leftOut().isEmpty()) {
      out.println(
          ErrorCode.AUDIT_LOG_GAP
              + ": left out: the server acknowledged "
              + ReceiptOptions.place(receipt)
              + ", and "
              + where(checkpoint)
              + " hold the later number "
              + numbers.last().orElseThrow()
              + " but not this one; the receipt and the log together show it to others");
      return Main.REFUSED;
    }
    if (numbers.notYet().isPresent()) {
      return notYet(receipt.source(), numbers, checkpoint, out);
    }
    return numbers.twice().isEmpty()
        ? ReceiptOptions.compare(receipt, numbers.first().orElseThrow(), Optional.empty(), out)
        : gap(receipt.source(), numbers.twice(), " more than once", checkpoint, out);
  }

  private int report(String who, SourceNumbers numbers, Checkpoint checkpoint, PrintWriter out) {
    if (!numbers.leftOut().isEmpty()) {
      String why = " not, but the later number " + numbers.last().orElseThrow();
      return gap(who, numbers.leftOut(), why, checkpoint, out);
    }
    if (!numbers.twice().isEmpty()) {
      return gap(who, numbers.twice(), " more than once", checkpoint, out);
    }
    if (numbers.notYet().isPresent()) {
      return notYet(who, numbers, checkpoint, out);
    }
    out.println(
        "holds: all numbers "
            + new Run(from, to.orElseThrow()).text()
            + " of "
            + who
            + " are in "
            + where(checkpoint)
            + ", each once");
    return Main.DONE;
  }

  private static int gap(
      String who, List<Run> runs, String how, Checkpoint checkpoint, PrintWriter out) {
    out.println(
        ErrorCode.AUDIT_LOG_GAP
            + ": "
            + where(checkpoint)
            + " hold "
            + runs.stream().map(Run::text).collect(Collectors.joining(", "))
            + " of "
            + who
            + how);
    return Main.REFUSED;
  }

  private static int notYet(
      String who, SourceNumbers numbers, Checkpoint checkpoint, PrintWriter out) {
    out.println(
        ErrorCode.AUDIT_PROOF_PENDING
            + ": "
            + where(checkpoint)
            + " hold no number of "
            + who
            + " from "
            + numbers.notYet().orElseThrow().from()
            + " on; nothing is shown of "
            + numbers.notYet().orElseThrow().text());
    return Main.REFUSED;
  }

  private static String where(Checkpoint checkpoint) {
    return "the " + checkpoint.size() + " entries of " + checkpoint.origin();
  }
}
