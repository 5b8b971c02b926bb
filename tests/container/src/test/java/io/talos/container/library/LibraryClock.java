package io.talos.container.library;

import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** Has a timer where the container looks for none. */
@Singleton
@SuppressWarnings("NullAway.Init") // the container fills the field before tick() runs
public class LibraryClock {
  @Inject Ticks ticks;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    ticks.add(Place.LIBRARY);
  }
}
