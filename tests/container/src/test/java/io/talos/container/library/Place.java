package io.talos.container.library;

import io.talos.contracts.port.SecretVault;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import java.util.stream.Collectors;

/** One archive of the EAR, as the container lets its beans see the others. */
public abstract class Place {
  /** A library in the EAR's {@code lib} folder. */
  public static final String LIBRARY = "library";

  /** An EJB module. */
  public static final String FIRST_EJB = "first EJB module";

  /** Another EJB module. */
  public static final String SECOND_EJB = "second EJB module";

  /** The web module in which the tests run. */
  public static final String TESTED_WAR = "tested web module";

  /** Another web module. */
  public static final String OTHER_WAR = "other web module";

  private final String name;
  private final Event<Signal> signals;
  private final Instance<Place> places;
  private final Instance<SecretVault> vaults;

  /** The three that are injected are what the place's own archive sees. */
  protected Place(
      String name, Event<Signal> signals, Instance<Place> places, Instance<SecretVault> vaults) {
    this.name = name;
    this.signals = signals;
    this.places = places;
    this.vaults = vaults;
  }

  /** Marks the signal as heard here. */
  protected void heard(Signal signal) {
    signal.heardBy().add(name);
  }

  /** Fires a signal, looks around, and says what came of it. */
  protected void answer(RollCall call) {
    Signal signal = Signal.fresh();
    signals.fire(signal);
    call.answers()
        .put(
            name,
            new RollCall.Answer(
                signal.heardBy(),
                places.stream().map(place -> place.name).collect(Collectors.toSet()),
                vaults.isResolvable()));
  }
}
