package io.talos.client.cli;

import io.talos.client.Reply;
import io.talos.client.TalosClient;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.revocation.RevocationFeed;
import io.talos.contracts.time.WireTime;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Follows the signed feed of revocations. */
@Command(
    name = "revocations",
    description = {
      "Fetch a server's revocations and verify them against its issuer's signature.",
      "With a capability: exit status 0 only when nothing that it hangs on is revoked."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class RevocationsCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(names = "--server", required = true, description = "Public base URI of the server.")
  URI server;

  @Option(
      names = "--issuer",
      required = true,
      description = "DID of the root issuer, learned from somebody you trust.")
  String issuer;

  @Option(
      names = "--capability",
      description = "File with the text of a Talos-Capability header to look for.")
  Optional<Path> capability;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    RevocationFeed feed = new RevocationFeed(Set.of(Did.parse(issuer)));
    Reply<Long> reply = new TalosClient(server).revocations().follow(feed);
    if (reply instanceof Reply.Refused<Long> refused) {
      spec.commandLine().getErr().println(refused.refusal().code());
      return Main.REFUSED;
    }
    out.println(
        "VERIFIED "
            + feed.epoch()
            + " revocations as of "
            + feed.asOf().map(WireTime::format).orElse("never"));
    return capability.map(file -> look(feed, file, out)).orElse(Main.DONE);
  }

  private static int look(RevocationFeed feed, Path file, PrintWriter out) {
    UnverifiedCapability chain = UnverifiedCapability.parse(SmallFile.read(file).utf8().strip());
    List<Bytes> ids =
        chain.links().stream()
            .flatMap(link -> Stream.of(link.hash(), RevocationId.ofKey(link.terms().signingKey())))
            .toList();
    boolean revoked = feed.containsAnyOf(ids);
    out.println(revoked ? ErrorCode.CAPABILITY_REVOKED.name() : "not revoked");
    return revoked ? Main.REFUSED : Main.DONE;
  }
}
