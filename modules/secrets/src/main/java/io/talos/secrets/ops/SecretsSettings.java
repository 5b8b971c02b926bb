package io.talos.secrets.ops;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import io.talos.secrets.envelope.KekId;

/**
 * The settings of this module.
 *
 * @param currentKek the key that seals new secrets
 */
public record SecretsSettings(KekId currentKek) {
  /** The setting that names the current key. */
  public static final String CURRENT = "talos.kek.current";

  /** The family that holds the keys. */
  public static final String KEKS = "talos.kek.*";

  /**
   * Reads and checks.
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when the current key's id is
   *     missing or malformed
   */
  public static SecretsSettings read(Settings settings) {
    try {
      return new SecretsSettings(new KekId(settings.text(CURRENT)));
    } catch (IllegalArgumentException e) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "setting " + CURRENT + " is no KEK id", e);
    }
  }
}
