package io.talos.container.tested;

import io.talos.container.library.Place;
import io.talos.container.library.RollCall;
import io.talos.container.library.Signal;
import io.talos.contracts.port.SecretVault;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Listens in the tested web module. */
@Dependent
public class TestedWarPlace extends Place {
  @Inject
  TestedWarPlace(Event<Signal> signals, @Any Instance<Place> places, Instance<SecretVault> vaults) {
    super(TESTED_WAR, signals, places, vaults);
  }

  void hear(@Observes Signal signal) {
    heard(signal);
  }

  void report(@Observes RollCall call) {
    answer(call);
  }
}
