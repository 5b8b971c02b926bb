package io.talos.container.second;

import io.talos.container.library.Place;
import io.talos.container.library.Ticks;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;

/** Sets its own timer when it starts, shorter than a schedule can. */
@Singleton
@Startup
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class SecondEjbClock {
  private static final long INTERVAL_MILLIS = 100;

  @Resource TimerService timers;
  @Inject Ticks ticks;

  @PostConstruct
  void start() {
    timers.createIntervalTimer(INTERVAL_MILLIS, INTERVAL_MILLIS, new TimerConfig("tick", false));
  }

  @Timeout
  void tick() {
    ticks.add(Place.SECOND_EJB);
  }
}
