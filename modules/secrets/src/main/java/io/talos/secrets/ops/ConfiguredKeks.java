package io.talos.secrets.ops;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import io.talos.secrets.envelope.KekId;
import io.talos.secrets.envelope.Keks;
import java.util.Optional;

/**
 * Key-encryption keys from the configuration: {@code TALOS_KEK_<ID>} in the environment. A key is
 * looked up when it is used, so that a node can read what another node sealed under a newer key.
 */
public final class ConfiguredKeks implements Keks {
  private final Settings settings;
  private final KekId current;

  /** Keys as {@code settings} hold them. */
  public ConfiguredKeks(Settings settings) {
    this.settings = settings;
    this.current = SecretsSettings.read(settings).currentKek();
  }

  @Override
  public KekId current() {
    return current;
  }

  /**
   * {@inheritDoc}
   *
   * @throws TalosException {@link ErrorCode#CONFIGURATION_INVALID} when the key is set but is not
   *     32 bytes in base64url
   */
  @Override
  public Optional<SecretBytes> find(KekId id) {
    Optional<SecretBytes> key = settings.secret(SecretsSettings.KEKS, id.text());
    if (key.isPresent() && key.get().size() != KEY_SIZE) {
      throw new TalosException(
          ErrorCode.CONFIGURATION_INVALID, "KEK " + id + " does not have 32 bytes");
    }
    return key;
  }
}
