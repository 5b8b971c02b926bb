package io.talos.client.cli;

import io.talos.contracts.crypto.TimestampAuthorities;
import io.talos.contracts.did.Did;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.anchor.AnchorVerifier.Trust;
import io.talos.contracts.log.anchor.EvmAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Options that say whose anchors are believed; those of others are not shown. */
final class AnchorTrust {
  @Option(names = "--witness", description = "A witness's vkey. May be repeated.")
  List<String> witnesses = new ArrayList<>();

  @Option(
      names = "--timestamp-authorities",
      description = "File with the certificates of timestamping authorities, PEM.")
  Optional<Path> authorities = Optional.empty();

  @Option(names = "--account", description = "An EVM account's address. May be repeated.")
  List<String> accounts = new ArrayList<>();

  @Option(names = "--producer", description = "DID of a producer of blocks. May be repeated.")
  List<String> producers = new ArrayList<>();

  Trust read() {
    return new Trust(
        witnesses.stream().map(WitnessKey::parse).toList(),
        authorities.map(SmallFile::read).map(TimestampAuthorities::parse),
        accounts.stream().map(EvmAddress::parse).collect(Collectors.toUnmodifiableSet()),
        producers.stream().map(Did::parse).collect(Collectors.toUnmodifiableSet()));
  }
}
