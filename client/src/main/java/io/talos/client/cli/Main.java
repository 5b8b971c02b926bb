package io.talos.client.cli;

import io.talos.contracts.error.TalosException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code talos} command line. Exit status: 0 it holds or was done, 1 it was refused or does not
 * hold, 2 it could not be tried.
 */
@Command(
    name = "talos",
    description =
        "Identities, private conversations, groups, capabilities, proofs and a story for Talos.",
    mixinStandardHelpOptions = true,
    version = "talos 2",
    subcommands = {
      IdCommand.class,
      RegisterCommand.class,
      WhoamiCommand.class,
      ChatCommand.class,
      CapabilityCommand.class,
      AuditCommand.class,
      RevocationsCommand.class,
      StoryCommand.class,
      GroupCommand.class
    })
public final class Main implements Runnable {
  /** It was done, or it holds. */
  static final int DONE = 0;

  /** It was refused, or it does not hold. */
  static final int REFUSED = 1;

  /** It could not be tried. */
  static final int FAILED = 2;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli fills it before run()
  CommandSpec spec;

  /** Runs and exits. */
  public static void main(String[] arguments) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            arguments));
  }

  /** Runs with other outputs; the exit status. */
  public static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return new CommandLine(new Main())
        .setOut(out)
        .setErr(err)
        .setExitCodeExceptionMapper(failure -> FAILED)
        .setExecutionExceptionHandler(Main::explain)
        .execute(arguments);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof TalosException fault) {
      command.getErr().println(fault.getMessage());
      return FAILED;
    }
    throw failure;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "A command is missing.");
  }
}
