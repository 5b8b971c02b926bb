package io.talos.client.cli;

import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Asks the server who it takes the agent for. */
@Command(
    name = "whoami",
    description = "Ask a server, in a signed request, who the agent of a key file is.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class WhoamiCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--server", required = true, description = "Public base URI of the server.")
  URI server;

  @Option(names = "--key", required = true, description = "The agent's key file.")
  Path key;

  @Override
  public Integer call() {
    return Console.print(
        new TalosClient(server).agent(KeyFile.read(key)).whoami(),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
