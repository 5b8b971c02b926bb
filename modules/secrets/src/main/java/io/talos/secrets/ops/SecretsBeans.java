package io.talos.secrets.ops;

import io.talos.contracts.crypto.Randomness;
import io.talos.runtime.settings.Settings;
import io.talos.secrets.envelope.Envelope;
import io.talos.secrets.envelope.Keks;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Java parts of this module. */
@Dependent
public class SecretsBeans {
  @Produces
  @Singleton
  Keks keks(Settings settings) {
    return new ConfiguredKeks(settings);
  }

  @Produces
  @Singleton
  Envelope envelope(Keks keks, Randomness randomness) {
    return new Envelope(keks, randomness);
  }
}
