package io.talos.a2a.ops;

import io.talos.a2a.groups.Retention;
import io.talos.runtime.settings.Settings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the plain Java parts of groups. */
@Dependent
public class GroupBeans {
  @Produces
  @Singleton
  Retention retention(Settings settings) {
    return new Retention(
        settings.duration("talos.a2a.group-retention-seconds"),
        settings.number("talos.a2a.group-bytes-max"));
  }
}
