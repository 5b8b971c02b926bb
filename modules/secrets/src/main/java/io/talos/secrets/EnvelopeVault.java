package io.talos.secrets;

import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.port.SecretVault;
import io.talos.secrets.envelope.Envelope;
import io.talos.secrets.envelope.SealedSecret;
import io.talos.secrets.envelope.SecretName;
import io.talos.secrets.ops.SecretsLog;
import io.talos.secrets.store.SecretStore;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The vault behind {@link SecretVault}: envelopes in Postgres.
 *
 * <p>A secret that Talos makes for itself leaves no audit event here. Modules ask for their keys
 * while they start, before the log that would record it exists, and the log's own key is one of
 * them. The asking module records the public half of its key in an event of its own.
 */
@Dependent
public class EnvelopeVault implements SecretVault {
  private final SecretStore secrets;
  private final Envelope envelope;
  private final InstantSource clock;

  @Inject
  EnvelopeVault(SecretStore secrets, Envelope envelope, InstantSource clock) {
    this.secrets = secrets;
    this.envelope = envelope;
    this.clock = clock;
  }

  @Override
  @Transactional
  public Optional<SecretBytes> find(String name) {
    return secrets.find(new SecretName(name)).map(envelope::open);
  }

  @Override
  @Transactional
  public SecretBytes findOrCreate(String name, Supplier<SecretBytes> fresh) {
    Instant now = clock.instant();
    SecretName own = new SecretName(name);
    Check.that(own.own(), "only Talos' own secrets are made unasked");
    Optional<SealedSecret> known = secrets.find(own);
    if (known.isEmpty()) {
      secrets.lock(own);
      // Another node may have made it while this one waited.
      known = secrets.find(own);
    }
    return known.map(envelope::open).orElseGet(() -> create(own, fresh, now));
  }

  @Override
  @Transactional
  public List<String> names(String prefix, int most) {
    return secrets.list(prefix, most).stream()
        .map(listed -> listed.name().text())
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  @Override
  @Transactional
  public boolean destroy(String name) {
    SecretName own = new SecretName(name);
    Check.that(own.own(), "an operator's secret is removed by operators");
    return secrets.remove(own);
  }

  private SecretBytes create(SecretName name, Supplier<SecretBytes> fresh, Instant now) {
    try (SecretBytes made = fresh.get()) {
      SealedSecret sealed = envelope.seal(name, 1, made);
      secrets.replace(sealed, now);
      SecretsLog.ownSecretMade(name.text());
      // What is handed out is what the next start will read.
      return envelope.open(sealed);
    }
  }
}
