package io.talos.policy.ops;

import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Java parts of this module. */
@Dependent
public class PolicyBeans {
  @Produces
  @Singleton
  PolicySettings settings(Settings settings) {
    return PolicySettings.read(settings);
  }
}
