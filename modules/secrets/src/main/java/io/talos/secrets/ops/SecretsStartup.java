package io.talos.secrets.ops;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.persistence.Migration;
import io.talos.runtime.settings.Settings;
import io.talos.secrets.envelope.Envelope;
import io.talos.secrets.envelope.KekId;
import io.talos.secrets.envelope.Keks;
import io.talos.secrets.envelope.KnownAnswer;
import io.talos.secrets.store.SecretStore;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import javax.sql.DataSource;

/**
 * Brings the secrets module up, before every other module: they ask it for their keys.
 *
 * <p>The application does not start when the schema cannot be migrated, the current key-encryption
 * key is missing or malformed, AES-256-GCM gives a wrong answer, or the store does not answer.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class SecretsStartup {
  @Resource(lookup = "jdbc/talosDdl")
  DataSource owner;

  @Inject Settings settings;
  @Inject Keks keks;
  @Inject Envelope envelope;
  @Inject SecretStore secrets;

  @PostConstruct
  void start() {
    Migration.run(owner, SecretsStartup.class, "secrets");
    KnownAnswer.check();
    requireCurrentKek();
    secrets.keksInUse().forEach(this::tryKek);
    SecretsLog.started(settings.effective("secrets"));
  }

  /**
   * Tells of a key that is missing or wrong. It does not stop the server: one damaged row must not,
   * and a module whose own key does not open stops by itself.
   */
  private void tryKek(KekId kek) {
    if (keks.find(kek).isEmpty()) {
      SecretsLog.kekMissing(kek);
      return;
    }
    try {
      secrets.firstUnder(kek).map(envelope::open).ifPresent(SecretBytes::close);
    } catch (TalosException e) {
      SecretsLog.doesNotOpen(kek);
    }
  }

  private void requireCurrentKek() {
    keks.find(keks.current())
        .orElseThrow(
            () ->
                new TalosException(
                    ErrorCode.CONFIGURATION_INVALID,
                    "the current KEK " + keks.current() + " is not set"))
        .close();
  }
}
