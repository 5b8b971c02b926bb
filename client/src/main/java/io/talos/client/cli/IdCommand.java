package io.talos.client.cli;

import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Identities in key files. */
@Command(name = "id", description = "Make and show identities.", mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a method
final class IdCommand implements Runnable {
  private static final String SERVER = "Public base URI of the server.";
  private static final InstantSource CLOCK = InstantSource.system();

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say new, show, rotate, recover or revoke.");
  }

  @Command(
      name = "new",
      description = "Make an identity, write its keys to a new file (mode 0600), print its DID.")
  int make(
      @Parameters(paramLabel = "FILE", description = "The new key file.") Path file,
      @Option(
              names = "--recovery",
              paramLabel = "FILE",
              description = "Also make a recovery key and write it to this new file.")
          Optional<Path> recovery) {
    Identity identity = Identity.generate(Randomness.secure());
    if (recovery.isPresent()) {
      identity = identity.begun(Optional.of(promised(recovery.get())), CLOCK.instant());
    }
    KeyFile.create(file, identity);
    spec.commandLine().getOut().println(identity.did());
    return Main.DONE;
  }

  @Command(name = "show", description = "Print the DID of a key file.")
  int show(@Parameters(paramLabel = "FILE", description = "The key file.") Path file) {
    spec.commandLine().getOut().println(KeyFile.read(file).did());
    return Main.DONE;
  }

  @Command(
      name = "rotate",
      description = {
        "Replace the signing key of a registered agent and its key file.",
        "The fresh key waits in FILE.next until the server has taken it; say it again to go on."
      })
  int rotate(
      @Option(names = "--server", required = true, description = SERVER) URI server,
      @Parameters(paramLabel = "FILE", description = "The key file.") Path file) {
    Path fresh = file.resolveSibling(file.getFileName() + ".next");
    if (!Files.exists(fresh)) {
      KeyFile.create(fresh, KeyFile.read(file).rotated(Randomness.secure(), CLOCK.instant()));
    }
    int status = bring(server, KeyFile.read(fresh));
    if (status == Main.DONE) {
      KeyFile.replace(file, fresh);
    }
    return status;
  }

  @Command(
      name = "recover",
      description = "Take a registered agent back with its recovery key, under fresh keys.")
  int recover(
      @Option(names = "--server", required = true, description = SERVER) URI server,
      @Option(names = "--did", required = true, description = "The agent.") String did,
      @Option(names = "--recovery", required = true, description = "The recovery key's file.")
          Path recovery,
      @Option(
              names = "--next-recovery",
              paramLabel = "FILE",
              description = "Make the next recovery key and write it to this new file.")
          Optional<Path> nextRecovery,
      @Parameters(paramLabel = "FILE", description = "The new key file.") Path file) {
    if (!Files.exists(file)) {
      KeyHistory known = new TalosClient(server).keyHistory(Did.parse(did)).orThrow();
      KeyFile.create(
          file,
          Identity.recovered(
              known,
              KeyFile.readRecovery(recovery),
              nextRecovery.map(IdCommand::promised),
              Randomness.secure(),
              CLOCK.instant()));
    }
    return bring(server, KeyFile.read(file));
  }

  @Command(
      name = "revoke",
      description = {
        "End a registered agent for good, by its key or by its recovery key.",
        "Nobody can take that back: its requests are refused from then on, what it granted ends."
      })
  int revoke(
      @Option(names = "--server", required = true, description = SERVER) URI server,
      @Option(names = "--did", required = true, description = "The agent, to be sure which.")
          String did,
      @Option(names = "--recovery", description = "FILE is its recovery key's.") boolean recovery,
      @Parameters(paramLabel = "FILE", description = "The key file.") Path file) {
    Did agent = Did.parse(did);
    Ed25519.KeyPair signer = recovery ? KeyFile.readRecovery(file) : own(file, agent).signing();
    TalosClient talos = new TalosClient(server);
    KeyHistory known = recovery ? talos.keyHistory(agent).orThrow() : own(file, agent).history();
    KeyHistory begun =
        known.statements().isEmpty()
            ? known.with(known.begin(signer, Optional.empty(), CLOCK.instant()))
            : known;
    KeyHistory ended = begun.with(revocation(begun, signer));
    return Console.print(
        talos.bring(ended, Optional.empty(), signer),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private static Identity own(Path file, Did agent) {
    Identity identity = KeyFile.read(file);
    if (!identity.history().did().equals(agent)) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, file + " is another agent's");
    }
    return identity;
  }

  private static KeyStatement revocation(KeyHistory known, Ed25519.KeyPair signer) {
    try {
      return known.revoke(signer, CLOCK.instant());
    } catch (IllegalArgumentException e) {
      throw new TalosException(
          ErrorCode.KEY_STATEMENT_INVALID, "this key cannot end the agent any more", e);
    }
  }

  private int bring(URI server, Identity next) {
    return Console.print(
        new TalosClient(server).bring(next),
        spec.commandLine().getOut(),
        spec.commandLine().getErr());
  }

  private static Bytes promised(Path file) {
    Ed25519.KeyPair pair = Ed25519.generate(Randomness.secure());
    KeyFile.createRecovery(file, pair);
    return pair.publicKey();
  }
}
