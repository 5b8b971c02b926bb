package io.talos.audit.ops;

import io.talos.runtime.settings.Settings;
import java.time.Duration;

/**
 * The settings of the recheck.
 *
 * @param interval from one to the next; zero: only when an operator starts it
 * @param readers how many threads read and check at once
 */
record RecheckSettings(Duration interval, int readers) {
  static RecheckSettings read(Settings settings) {
    return new RecheckSettings(
        settings.duration("talos.audit.recheck-interval-seconds"),
        settings.number("talos.audit.recheck-readers"));
  }
}
