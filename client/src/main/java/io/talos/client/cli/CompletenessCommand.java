package io.talos.client.cli;

import io.talos.client.watch.Limits;
import io.talos.client.watch.SourceNumbers;
import io.talos.client.watch.SourceNumbers.Run;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.NoteKey;
import java.io.PrintWriter;
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

/** Shows that no event of a source was left out of a server's logs, or which ones were. */
@Command(
    name = "completeness",
    description = {
      "Read all logs of a server and show that the numbers of a source are all in them, or which"
          + " are missing, or may be among those that are said to be lost.",
      "With a receipt: whether the logs hold what the server acknowledged.",
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
      description = {
        "The log's key, learned from somebody you trust; @FILE reads it from a file.",
        "Once for each log of the server."
      })
  List<String> vkeys;

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
    if (save.isPresent() && !AllLogs.isServer(log)) {
      throw new ParameterException(spec.commandLine(), "What a folder holds is kept already.");
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
    WholeHistory history;
    try {
      List<NoteKey> keys = vkeys.stream().map(NoteKey::parse).toList();
      history = WholeHistory.read(AllLogs.at(log, save), keys, numbers);
    } catch (TalosException e) {
      if (e.code() != ErrorCode.PROOF_INVALID && e.code() != ErrorCode.AUDIT_LOG_NOT_FOLLOWED) {
        throw e;
      }
      out.println(e.code() + ": a log is not what its key signed (" + e.getMessage() + ")");
      return Main.REFUSED;
    }
    if (!numbers.lost().isEmpty()) {
      history.losses().forEach(loss -> out.println("said to be lost: " + loss.text()));
    }
    return receipt
        .map(shown -> report(shown, numbers, history, out))
        .orElseGet(() -> report(source.orElseThrow(), numbers, history, out));
  }

  private static int report(
      AdmissionReceipt receipt, SourceNumbers numbers, WholeHistory history, PrintWriter out) {
    if (!numbers.leftOut().isEmpty()) {
      out.println(
          ErrorCode.AUDIT_LOG_GAP
              + ": left out: the server acknowledged "
              + ReceiptOptions.place(receipt)
              + ", and "
              + history.where()
              + " hold the later number "
              + numbers.last().orElseThrow()
              + " but not this one; the receipt and the log together show it to others");
      return Main.REFUSED;
    }
    boolean named =
        numbers.first().map(receipt::fits).filter(AdmissionReceipt.Fit.NAMED::equals).isPresent();
    if (!numbers.lost().isEmpty() && !named) {
      return lost(receipt.source(), numbers, history, out);
    }
    if (numbers.notYet().isPresent()) {
      return notYet(receipt.source(), numbers, history, out);
    }
    return numbers.twice().isEmpty()
        ? ReceiptOptions.compare(receipt, numbers.first().orElseThrow(), Optional.empty(), out)
        : gap(receipt.source(), numbers.twice(), " more than once", history, out);
  }

  private int report(String who, SourceNumbers numbers, WholeHistory history, PrintWriter out) {
    if (!numbers.leftOut().isEmpty()) {
      String why = " not, but the later number " + numbers.last().orElseThrow();
      return gap(who, numbers.leftOut(), why, history, out);
    }
    if (!numbers.twice().isEmpty()) {
      return gap(who, numbers.twice(), " more than once", history, out);
    }
    if (numbers.notYet().isPresent()) {
      return notYet(who, numbers, history, out);
    }
    if (!numbers.lost().isEmpty()) {
      return lost(who, numbers, history, out);
    }
    out.println(
        "holds: all numbers "
            + new Run(from, to.orElseThrow()).text()
            + " of "
            + who
            + " are in "
            + history.where()
            + ", each once");
    return Main.DONE;
  }

  private static int gap(
      String who, List<Run> runs, String how, WholeHistory history, PrintWriter out) {
    out.println(
        ErrorCode.AUDIT_LOG_GAP
            + ": "
            + history.where()
            + " hold "
            + runs.stream().map(Run::text).collect(Collectors.joining(", "))
            + " of "
            + who
            + how);
    return Main.REFUSED;
  }

  private static int lost(
      String who, SourceNumbers numbers, WholeHistory history, PrintWriter out) {
    out.println(
        ErrorCode.AUDIT_ENTRIES_LOST
            + ": events with the numbers "
            + numbers.lost().stream().map(Run::text).collect(Collectors.joining(", "))
            + " of "
            + who
            + " may be among what is said to be lost; of the others that were asked for none is"
            + " missing in "
            + history.where());
    return Main.REFUSED;
  }

  private static int notYet(
      String who, SourceNumbers numbers, WholeHistory history, PrintWriter out) {
    out.println(
        ErrorCode.AUDIT_PROOF_PENDING
            + ": "
            + history.where()
            + " hold no number of "
            + who
            + " from "
            + numbers.notYet().orElseThrow().from()
            + " on; nothing is shown of "
            + numbers.notYet().orElseThrow().text());
    return Main.REFUSED;
  }
}
