package io.talos.client.cli;

import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Constraint;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Capabilities in files, each the text of a {@code Talos-Capability} header. */
@Command(
    name = "capability",
    description = "Look into a capability, and pass on part of it, offline.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it calls a method
final class CapabilityCommand implements Runnable {
  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Say show or attenuate.");
  }

  @Command(name = "show", description = "Print the links, root first; nothing is verified.")
  int show(@Parameters(paramLabel = "FILE", description = "The capability.") Path file) {
    for (Link link : read(file).links()) {
      spec.commandLine().getOut().println(link.hash().hex() + " " + link.text().utf8());
    }
    return Main.DONE;
  }

  @Command(
      name = "attenuate",
      description = "Sign a narrower capability for somebody else and print it.")
  int attenuate(
      @Parameters(paramLabel = "FILE", description = "The capability that you hold.") Path file,
      @Option(names = "--key", required = true, description = "Your key file.") Path key,
      @Option(names = "--to", required = true, description = "DID of who gets it.") String to,
      @Mixin Narrower narrower) {
    Identity holder = KeyFile.read(key);
    Instant now = Clock.systemUTC().instant();
    try {
      Attenuation all = Attenuation.of(read(file), Did.parse(to));
      UnverifiedCapability passedOn =
          narrower
              .of(all)
              .signedBy(
                  Did.parse(holder.did()),
                  holder.signing(),
                  new UuidV7Generator(Randomness.secure()).next(now),
                  now);
      spec.commandLine().getOut().println(passedOn.header());
      return Main.DONE;
    } catch (IllegalArgumentException | TalosException e) {
      spec.commandLine().getErr().println("Not signed: " + e.getMessage());
      return Main.REFUSED;
    }
  }

  private static UnverifiedCapability read(Path file) {
    return UnverifiedCapability.parse(SmallFile.read(file).utf8().strip());
  }

  /** By how much; what is not said stays as it is. */
  static final class Narrower {
    @Option(names = "--scope", description = "Only this scope; may be repeated.")
    List<String> scope = new ArrayList<>();

    @Option(names = "--until", description = "Until then, such as 2026-03-01T12:00:00.000Z.")
    Optional<String> until = Optional.empty();

    @Option(names = "--depth", description = "To be passed on so many times.")
    Optional<Integer> depth = Optional.empty();

    @Option(names = "--calls", description = "For so many calls.")
    Optional<Long> calls = Optional.empty();

    @Option(names = "--spend-micro-usd", description = "For calls that cost so much together.")
    Optional<Long> spend = Optional.empty();

    @Option(names = "--source", description = "Only from this network; may be repeated.")
    List<String> source = new ArrayList<>();

    @Option(names = "--constraint", description = "One more constraint, as JSON; may be repeated.")
    List<String> constraint = new ArrayList<>();

    Attenuation of(Attenuation all) {
      Attenuation narrower = all;
      if (!scope.isEmpty()) {
        narrower = narrower.withScope(scope.stream().map(Scope::parse).toList());
      }
      if (until.isPresent()) {
        narrower = narrower.expiringAt(WireTime.parse(until.get()));
      }
      if (depth.isPresent()) {
        narrower = narrower.withDelegationDepth(depth.get());
      }
      if (calls.isPresent()) {
        narrower = narrower.withCalls(calls.get());
      }
      if (spend.isPresent()) {
        narrower = narrower.withSpendMicroUsd(spend.get());
      }
      if (!source.isEmpty()) {
        narrower = narrower.withSources(source.stream().map(SourceNetwork::parse).toList());
      }
      for (String json : constraint) {
        narrower =
            narrower.withConstraint(
                Constraint.parse(StrictJson.parseObject(Bytes.utf8(json), Limits.REQUEST)));
      }
      return narrower;
    }
  }
}
