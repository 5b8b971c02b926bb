package io.talos.container.tested;

import io.talos.container.library.Place;
import io.talos.container.library.Ticks;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Is scheduled every second, in a web module. */
@Singleton
@SuppressWarnings("NullAway.Init") // the container fills the field before tick() runs
public class TestedWarClock {
  @Inject Ticks ticks;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    ticks.add(Place.TESTED_WAR);
  }
}
