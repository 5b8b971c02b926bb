package io.talos.client.cli;

import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Registers an agent. */
@Command(
    name = "register",
    description = "Register the agent of a key file.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class RegisterCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--server", required = true, description = "Public base URI of the server.")
  URI server;

  @Option(names = "--key", required = true, description = "The agent's key file.")
  Path key;

  @Option(names = "--name", description = "A name to show to people.")
  Optional<String> name = Optional.empty();

  @Override
  public Integer call() {
    return Console.print(
        new TalosClient(server).agent(KeyFile.read(key)).register(name),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }
}
