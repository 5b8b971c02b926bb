package io.talos.container.library;

import io.talos.contracts.port.SecretVault;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Listens in the library. */
@Dependent
public class LibraryPlace extends Place {
  @Inject
  LibraryPlace(Event<Signal> signals, @Any Instance<Place> places, Instance<SecretVault> vaults) {
    super(LIBRARY, signals, places, vaults);
  }

  void hear(@Observes Signal signal) {
    heard(signal);
  }

  void report(@Observes RollCall call) {
    answer(call);
  }
}
