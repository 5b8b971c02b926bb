package io.talos.a2a.ops;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import java.time.Duration;

/**
 * The settings of this module.
 *
 * @param sessionDefault how long a session lasts when nobody says
 * @param sessionMax how long a session may last
 * @param pageBytesMax ciphertext bytes after which a page of frames ends
 */
public record A2aSettings(Duration sessionDefault, Duration sessionMax, int pageBytesMax) {
  /** The default fits the bound. */
  public A2aSettings {
    Check.that(!sessionDefault.isNegative() && !sessionDefault.isZero(), "a session lasts");
    Check.that(sessionDefault.compareTo(sessionMax) <= 0, "the default life fits the longest");
    Check.that(pageBytesMax > 0, "a page holds something");
  }

  /**
   * Reads and checks.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when they do not fit each other
   */
  static A2aSettings read(Settings settings) {
    try {
      return new A2aSettings(
          settings.duration("talos.a2a.session-default-seconds"),
          settings.duration("talos.a2a.session-max-seconds"),
          settings.number("talos.a2a.page-bytes-max"));
    } catch (IllegalArgumentException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "the a2a settings do not fit each other", e);
    }
  }
}
