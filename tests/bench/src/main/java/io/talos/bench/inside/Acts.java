package io.talos.bench.inside;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Acts as a module does: the event is fired in the transaction of a change. */
@Dependent
public class Acts {
  private final Event<Acted> acted;

  @Inject
  Acts(Event<Acted> acted) {
    this.acted = acted;
  }

  /** One act; its event is durable when this returns. */
  @Transactional
  public void act(String run, int number) {
    acted.fire(new Acted(run, number));
  }
}
