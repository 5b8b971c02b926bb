package io.talos.a2a.ops;

import io.talos.a2a.frames.InboxQuota;
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
 * @param lockWait how long a writer waits for the one before it in a session
 * @param openSessionsMax how many sessions that are not over an agent may have asked for
 * @param inbox how much may wait for one recipient
 * @param readRetention how long an acknowledged frame is kept
 * @param sessionRetention how long an ended session keeps its initial message and parked states
 * @param sweepInterval how often what is over is removed
 * @param waitingReadersMax how many readers may wait on one node
 */
public record A2aSettings(
    Duration sessionDefault,
    Duration sessionMax,
    int pageBytesMax,
    Duration lockWait,
    int openSessionsMax,
    InboxQuota inbox,
    Duration readRetention,
    Duration sessionRetention,
    Duration sweepInterval,
    int waitingReadersMax) {
  /** The default fits the bound. */
  public A2aSettings {
    Check.that(!sessionDefault.isNegative() && !sessionDefault.isZero(), "a session lasts");
    Check.that(sessionDefault.compareTo(sessionMax) <= 0, "the default life fits the longest");
    Check.that(pageBytesMax > 0, "a page holds something");
    Check.that(lockWait.toMillis() > 0, "a writer waits for a while, not for ever");
    Check.that(openSessionsMax > 0, "an agent may open a session");
    Check.that(
        !readRetention.isNegative() && !sessionRetention.isNegative(), "nothing ends too early");
    Check.that(sweepInterval.toMillis() > 0, "the sweeper pauses");
    Check.that(waitingReadersMax > 0, "somebody may wait");
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
          settings.number("talos.a2a.page-bytes-max"),
          settings.duration("talos.a2a.lock-wait-millis"),
          settings.number("talos.a2a.open-sessions-max"),
          new InboxQuota(
              settings.number("talos.a2a.inbox-frames-max"),
              settings.number("talos.a2a.inbox-bytes-max")),
          settings.duration("talos.a2a.read-retention-seconds"),
          settings.duration("talos.a2a.session-retention-seconds"),
          settings.duration("talos.a2a.sweep-interval-millis"),
          settings.number("talos.a2a.waiting-readers-max"));
    } catch (IllegalArgumentException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "the a2a settings do not fit each other", e);
    }
  }
}
