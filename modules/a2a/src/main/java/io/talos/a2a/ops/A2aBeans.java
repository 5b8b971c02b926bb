package io.talos.a2a.ops;

import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Java parts of this module. */
@Dependent
public class A2aBeans {
  @Produces
  @Singleton
  A2aSettings settings(Settings settings) {
    return A2aSettings.read(settings);
  }
}
