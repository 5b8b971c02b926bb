package io.talos.client.cli;

import io.talos.client.AuditReader;
import io.talos.client.EvidenceDownload;
import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.log.export.ExportFormat;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Takes evidence away. */
@Command(
    name = "export",
    description = {
      "Fetch the evidence of a window, a request or a resource into a file.",
      "The same command again goes on where an interrupted one stopped; audit verify judges the"
          + " file."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class ExportCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "SERVER", description = "Base URI of the server.")
  URI server;

  @Option(names = "--out", required = true, description = "The file; it must not be there.")
  Path out;

  @Option(names = "--token-file", description = "File with an operator's token.")
  Optional<Path> token;

  @Option(names = "--key", description = "An agent's key file, instead of a token.")
  Optional<Path> key;

  @Option(
      names = "--format",
      defaultValue = "jsonl",
      description = "jsonl or csv; ${DEFAULT-VALUE} without it.")
  String format;

  @Option(
      names = "--only",
      paramLabel = "NAME=VALUE",
      description = {
        "Which events, such as --only from=2026-03-01T00:00:00Z --only to=2026-03-02T00:00:00Z;",
        "names are from, to, request, resource, principal, kind, surface and result."
      })
  Map<String, String> filters = new HashMap<>();

  @Override
  public Integer call() {
    ExportFormat written =
        ExportFormat.of(format).orElseThrow(() -> wrong("--format is jsonl or csv."));
    if (!EventFilter.NAMES.containsAll(filters.keySet())) {
      throw wrong("--only knows " + EventFilter.NAMES);
    }
    return new EvidenceDownload(audit(), out)
        .fetch(EventFilter.of(filters), written)
        .match(
            granted -> {
              spec.commandLine().getOut().println(out + ": " + granted.value() + " bytes");
              return Main.DONE;
            },
            refused -> {
              spec.commandLine()
                  .getErr()
                  .println(refused.refusal().code() + ": " + refused.refusal().title());
              return Main.REFUSED;
            });
  }

  private AuditReader audit() {
    if (token.isPresent() == key.isPresent()) {
      throw wrong("Say --token-file or --key.");
    }
    TalosClient client = new TalosClient(server);
    return key.map(file -> client.agent(KeyFile.read(file)).audit())
        .orElseGet(
            () -> client.operator(SmallFile.read(token.orElseThrow()).utf8().trim()).audit());
  }

  private ParameterException wrong(String why) {
    return new ParameterException(spec.commandLine(), why);
  }
}
