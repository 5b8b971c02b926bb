package io.talos.identity.ops;

import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Java parts of this module. */
@Dependent
public class IdentityBeans {
  @Produces
  @Singleton
  IdentitySettings settings(Settings settings) {
    return IdentitySettings.read(settings);
  }
}
