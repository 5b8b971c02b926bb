package io.talos.client.cli;

import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.contracts.crypto.Randomness;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Identities in key files. */
@Command(name = "id", description = "Make and show identities.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a method
final class IdCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say new or show.");
  }

  @Command(
      name = "new",
      description = "Make an identity, write its keys to a new file (mode 0600), print its DID.")
  int make(@Parameters(paramLabel = "FILE", description = "The new key file.") Path file) {
    Identity identity = Identity.generate(Randomness.secure());
    KeyFile.create(file, identity);
    spec.commandLine().getOut().println(identity.did());
    return Main.DONE;
  }

  @Command(name = "show", description = "Print the DID of a key file.")
  int show(@Parameters(paramLabel = "FILE", description = "The key file.") Path file) {
    spec.commandLine().getOut().println(KeyFile.read(file).did());
    return Main.DONE;
  }
}
