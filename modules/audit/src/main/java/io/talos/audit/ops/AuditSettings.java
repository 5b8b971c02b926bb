package io.talos.audit.ops;

import io.talos.audit.tree.Durability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The settings of this module.
 *
 * @param node this node's name, which its sources start with; no other node has it
 * @param origin the origin of the log that the first start opens
 * @param checkpointFile where the newest checkpoint is kept outside of the database
 * @param sequenceInterval how often the outbox is looked at
 * @param durability when a checkpoint may be given out
 * @param sweepAfter how old an admission is before it may be closed as unknown
 */
public record AuditSettings(
    String node,
    String origin,
    Path checkpointFile,
    Duration sequenceInterval,
    Durability durability,
    Duration sweepAfter) {
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1,200}");
  private static final String LOG_PATH = "/audit/log";

  /** Refuses a name that could not stand in a source or a checkpoint. */
  public AuditSettings {
    if (!NODE.matcher(node).matches()) {
      throw wrong("talos.node is 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    if (!ORIGIN.matcher(origin).matches()) {
      throw wrong("talos.audit.origin is 1 to 200 visible characters without a plus sign");
    }
  }

  /**
   * Reads and checks.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when a value cannot be used
   */
  public static AuditSettings read(Settings settings) {
    String origin = settings.text("talos.audit.origin");
    return new AuditSettings(
        settings.text("talos.node"),
        origin.isEmpty() ? origin(settings.text("talos.base.url")) : origin,
        Path.of(settings.text("talos.audit.checkpoint-file")),
        settings.duration("talos.audit.sequence-interval-millis"),
        durability(settings.text("talos.audit.durability")),
        settings.duration("talos.audit.sweep-after-seconds"));
  }

  private static Durability durability(String value) {
    return switch (value) {
      case "async" -> Durability.ASYNC;
      case "standby" -> Durability.STANDBY;
      default -> throw wrong("talos.audit.durability is async or standby");
    };
  }

  /** The log's URL prefix without its scheme, as C2SP tlog-tiles, "Parameters", recommends. */
  static String origin(String baseUrl) {
    URI base;
    try {
      base = URI.create(baseUrl);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "talos.base.url is no URL", e);
    }
    if (base.getRawAuthority() == null) {
      throw wrong("talos.base.url names no host");
    }
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    return base.getRawAuthority() + path + LOG_PATH;
  }

  private static TalosException wrong(String why) {
    return new TalosException(ErrorCode.CONFIGURATION_INVALID, why);
  }
}
