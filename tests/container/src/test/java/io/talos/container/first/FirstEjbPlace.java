package io.talos.container.first;

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

/** Listens in the first EJB module. */
@Dependent
public class FirstEjbPlace extends Place {
  @Inject
  FirstEjbPlace(Event<Signal> signals, @Any Instance<Place> places, Instance<SecretVault> vaults) {
    super(FIRST_EJB, signals, places, vaults);
  }

  void hear(@Observes Signal signal) {
    heard(signal);
  }

  void report(@Observes RollCall call) {
    answer(call);
  }
}
