package io.talos.policy.ops;

import io.talos.contracts.Check;
import io.talos.contracts.capability.Limits;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.runtime.settings.Settings;

/**
 * The settings of this module.
 *
 * @param audience what this server is called in capabilities
 * @param baseUrl the URL that this server is reached by
 * @param addressRate the coarse limit of one network address
 * @param newcomersPerHour how many agents may register from one network address in an hour, and how
 *     often one may bring a key statement from there
 */
public record PolicySettings(
    String audience, String baseUrl, Rate addressRate, int newcomersPerHour) {
  /** An audience is named. */
  public PolicySettings {
    Check.that(
        !audience.isEmpty() && audience.chars().allMatch(c -> c > ' ' && c <= '~'),
        "an audience is printable ASCII without spaces");
    Check.atMost(audience.length(), Limits.AUDIENCE_CHARACTERS_MAX, "the audience's length");
  }

  /** Reads and checks; an audience that is not set is the base URL. */
  public static PolicySettings read(Settings settings) {
    String audience = settings.text("talos.policy.audience");
    return new PolicySettings(
        audience.isEmpty() ? settings.text("talos.base.url") : audience,
        settings.text("talos.base.url"),
        new Rate(
            settings.number("talos.policy.address-requests-per-second"),
            settings.number("talos.policy.address-burst-requests")),
        settings.number("talos.policy.address-newcomers-per-hour"));
  }
}
