package io.talos.identity.ops;

import io.talos.contracts.Check;
import io.talos.identity.keys.Limits;
import io.talos.runtime.settings.Settings;
import java.time.Duration;

/**
 * What identity reads from the settings, once, at start-up.
 *
 * @param signatureSkew how far in the future a request may say it was signed
 * @param virtualKeyLifetime how long a virtual key lives when the operator does not say
 */
public record IdentitySettings(Duration signatureSkew, Duration virtualKeyLifetime) {

  /** Checks the bounds. */
  public IdentitySettings {
    Check.that(!signatureSkew.isNegative(), "the skew is not negative");
    Check.that(
        !virtualKeyLifetime.isZero()
            && !virtualKeyLifetime.isNegative()
            && virtualKeyLifetime.compareTo(Limits.LIFETIME_MAX) <= 0,
        "a virtual key lives at most " + Limits.LIFETIME_MAX.toDays() + " days");
  }

  /** Reads them. */
  public static IdentitySettings read(Settings settings) {
    return new IdentitySettings(
        settings.duration("talos.identity.signature-skew-seconds"),
        settings.duration("talos.identity.virtual-key-lifetime-seconds"));
  }
}
