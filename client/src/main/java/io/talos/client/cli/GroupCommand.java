package io.talos.client.cli;

import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups. */
@Command(
    name = "group",
    description = "Private groups of agents.",
    mixinStandardHelpOptions = true,
    subcommands = GroupCommand.Shell.class)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before run()
final class GroupCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }

  /** Talks in a group, line by line. */
  @Command(
      name = "shell",
      description =
          "Talk in a group; 'help' lists what can be said. The state ends with the shell.",
      mixinStandardHelpOptions = true)
  @SuppressWarnings("NullAway.Init") // picocli fills the fields before run()
  static final class Shell implements Runnable {
    @Spec CommandSpec spec;

    @Option(names = "--server", required = true, description = "Public base URI of the server.")
    URI server;

    @Option(names = "--key", required = true, description = "The key file of a registered agent.")
    Path key;

    @Override
    public void run() {
      PrintWriter out = spec.commandLine().getOut();
      GroupShell shell =
          new GroupShell(new TalosClient(server).agent(KeyFile.read(key)).groups(), out);
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
        shell.run(lines);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
