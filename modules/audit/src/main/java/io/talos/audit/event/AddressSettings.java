package io.talos.audit.event;

import io.talos.contracts.Check;
import io.talos.runtime.settings.Settings;
import java.time.Duration;

/**
 * For how long addresses are hashed under one key.
 *
 * @param periodDays how long a key is used
 * @param retention how long it is kept after that
 */
public record AddressSettings(int periodDays, Duration retention) {
  /** Refuses a time that cannot be. */
  public AddressSettings {
    Check.that(periodDays >= 1 && periodDays <= AddressPeriod.DAYS_MAX, "a period has some days");
    Check.that(!retention.isNegative(), "a retention is not negative");
  }

  /** Reads and checks. */
  public static AddressSettings read(Settings settings) {
    return new AddressSettings(
        settings.number("talos.audit.address-key-days"),
        Duration.ofDays(settings.number("talos.audit.address-key-retention-days")));
  }
}
