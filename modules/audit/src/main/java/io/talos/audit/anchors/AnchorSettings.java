package io.talos.audit.anchors;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.TimestampAuthorities;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.anchor.EvmAddress;
import io.talos.runtime.http.Reach;
import io.talos.runtime.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of anchoring.
 *
 * @param epoch how often a checkpoint is taken to be anchored
 * @param retryMax longest wait between two tries
 * @param reach which addresses lanes may be on
 * @param witnesses who is asked for cosignatures
 * @param quorum how many of them are enough
 * @param tsa the timestamping authority
 * @param evm the chain
 * @param blocks whether blocks are produced
 * @param workBits the work of a block
 * @param witnessName the name under which this node cosigns
 * @param witnessed the logs that this node witnesses
 */
public record AnchorSettings(
    Duration epoch,
    Duration retryMax,
    Reach reach,
    List<WitnessPeer> witnesses,
    int quorum,
    Optional<Tsa> tsa,
    Optional<Evm> evm,
    boolean blocks,
    int workBits,
    String witnessName,
    List<NoteKey> witnessed) {
  private static final String SEPARATOR = ",";
  private static final int FILE_BYTES_MAX = 1 << 20;

  /** A timestamping authority and who vouches for it. */
  public record Tsa(URI url, TimestampAuthorities trusted) {}

  /**
   * A chain.
   *
   * @param to the contract that is called; empty: the account calls itself
   * @param confirmations blocks, its own included, after which a transaction counts
   * @param feeMaxGwei most gwei for a unit of gas
   * @param bumpAfter how long a transaction may wait before its fee is raised
   */
  public record Evm(
      URI url,
      long chainId,
      Optional<EvmAddress> to,
      int confirmations,
      long feeMaxGwei,
      Duration bumpAfter) {}

  /** Checks what belongs together. */
  public AnchorSettings {
    witnesses = List.copyOf(witnesses);
    witnessed = List.copyOf(witnessed);
    if (witnesses.size() > Limits.WITNESSES_MAX || witnessed.size() > Limits.WITNESSES_MAX) {
      throw wrong("too many witnesses, or too many logs to witness", null);
    }
    if (!witnesses.isEmpty() && quorum > witnesses.size()) {
      throw wrong("talos.audit.anchor.witness-quorum is more than there are witnesses", null);
    }
  }

  /**
   * Reads and checks.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when a value cannot be used
   */
  public static AnchorSettings read(Settings settings) {
    String name = settings.text("talos.audit.witness.name");
    return new AnchorSettings(
        settings.duration("talos.audit.anchor.epoch-seconds"),
        settings.duration("talos.audit.anchor.retry-max-seconds"),
        Reach.privateToo(settings.flag("talos.audit.anchor.private-addresses")),
        list(settings.text("talos.audit.anchor.witnesses"), AnchorSettings::peer),
        settings.number("talos.audit.anchor.witness-quorum"),
        tsa(
            settings.text("talos.audit.anchor.tsa-url"),
            settings.text("talos.audit.anchor.tsa-authorities-file")),
        evm(settings),
        settings.flag("talos.audit.anchor.blocks"),
        settings.number("talos.audit.anchor.block-work-bits"),
        name.isEmpty() ? witnessName(settings.text("talos.base.url")) : name,
        list(settings.text("talos.audit.witness.logs"), NoteKey::parse));
  }

  private static Optional<Evm> evm(Settings settings) {
    String url = settings.text("talos.audit.anchor.evm-url");
    String contract = settings.text("talos.audit.anchor.evm-contract");
    if (url.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Evm(
            url(url),
            settings.number("talos.audit.anchor.evm-chain-id"),
            contract.isEmpty() ? Optional.empty() : Optional.of(parsed(contract)),
            settings.number("talos.audit.anchor.evm-confirmations"),
            settings.number("talos.audit.anchor.evm-fee-max-gwei"),
            settings.duration("talos.audit.anchor.evm-bump-after-seconds")));
  }

  private static EvmAddress parsed(String contract) {
    try {
      return EvmAddress.parse(contract);
    } catch (TalosException e) {
      throw wrong("talos.audit.anchor.evm-contract is no address", e);
    }
  }

  private static Optional<Tsa> tsa(String url, String file) {
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (file.isEmpty()) {
      throw wrong("talos.audit.anchor.tsa-authorities-file says whom to believe", null);
    }
    try {
      Path path = Path.of(file);
      if (Files.size(path) > FILE_BYTES_MAX) {
        throw wrong("talos.audit.anchor.tsa-authorities-file is too large", null);
      }
      return Optional.of(
          new Tsa(url(url), TimestampAuthorities.parse(Bytes.of(Files.readAllBytes(path)))));
    } catch (IOException e) {
      throw wrong("talos.audit.anchor.tsa-authorities-file cannot be read", e);
    }
  }

  private static WitnessPeer peer(String text) {
    String[] parts = text.split(" +", 2);
    if (parts.length != 2) {
      throw wrong("a witness is a vkey, a space and a URL", null);
    }
    return new WitnessPeer(WitnessKey.parse(parts[0]), url(parts[1].replaceAll("/+$", "")));
  }

  private static <T> List<T> list(String text, Function<String, T> one) {
    List<T> values = new ArrayList<>();
    for (String part : Arrays.stream(text.split(SEPARATOR)).map(String::strip).toList()) {
      if (part.isEmpty()) {
        continue;
      }
      try {
        values.add(one.apply(part));
      } catch (TalosException | IllegalArgumentException e) {
        throw wrong("a witness or a log to witness cannot be read", e);
      }
    }
    return values;
  }

  private static URI url(String text) {
    try {
      URI url = URI.create(text);
      String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
      if (url.getHost() != null && (scheme.equals("https") || scheme.equals("http"))) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      throw wrong("an anchor's URL cannot be read", e);
    }
    throw wrong("an anchor's URL is http or https and names a host", null);
  }

  /** The witness's URL prefix without its scheme, like the origin of a log. */
  private static String witnessName(String baseUrl) {
    return baseUrl.replaceFirst("^[a-z]+://", "").replaceAll("/+$", "") + "/audit/witness";
  }

  private static TalosException wrong(String why, @Nullable Exception e) {
    return new TalosException(ErrorCode.CONFIGURATION_INVALID, why, e);
  }
}
