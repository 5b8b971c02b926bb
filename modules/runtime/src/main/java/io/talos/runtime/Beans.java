package io.talos.runtime;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the few things that plain Java classes need injected: time, chance, ids, registries. */
@Dependent
public class Beans {
  @Produces
  @Singleton
  InstantSource clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  Randomness randomness() {
    return Randomness.secure();
  }

  @Produces
  @Singleton
  UuidV7Generator identifiers(Randomness randomness) {
    return new UuidV7Generator(randomness);
  }

  @Produces
  @Singleton
  SurfaceRegistry surfaces() {
    return SurfaceRegistry.load();
  }

  @Produces
  @Singleton
  SchemaLibrary schemas() {
    return new SchemaLibrary();
  }

  @Produces
  @Singleton
  Settings settings() {
    return new Settings(key -> ConfigProvider.getConfig().getOptionalValue(key, String.class));
  }
}
