package io.talos.client.cli;

import io.talos.client.TalosClient;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells which further keys a log named, and proves it. */
@Command(
    name = "keys",
    description = {
      "The keys of a log that can be trusted by whoever trusts one of them, one on a line: the log"
          + " named them under checkpoints that a trusted key signed.",
      "Exit status 2 when the server was not reached."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class KeysCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "SERVER", description = "Base URI of the server.")
  URI server;

  @Option(
      names = "--vkey",
      required = true,
      description = "A key of the log that you trust; @FILE reads it from a file.")
  String vkey;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    NoteKey given = NoteKey.parse(vkey);
    List<Bytes> proofs;
    try {
      proofs = new TalosClient(server).log(given).keyProofs();
    } catch (TalosException e) {
      spec.commandLine().getErr().println(e.code() + ": not reached (" + e.getMessage() + ")");
      return Main.FAILED;
    }
    LogKeys.of(given).joined(proofs).all().forEach(key -> out.println(key.vkey()));
    return Main.DONE;
  }
}
