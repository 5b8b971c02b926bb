package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.registry.Surface;
import io.talos.runtime.rest.Problem;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What the chain decided about a request. */
sealed interface Passage permits Passage.Open, Passage.Repeated, Passage.Shut {

  /**
   * The handler may run.
   *
   * @param context the request, admitted unless the surface is anonymous
   * @param body the checked body, empty when there is none
   * @param claim what was reserved; empty on an anonymous surface
   * @param receipt what the caller is given to prove the admission; empty on an anonymous surface
   */
  record Open(
      Surface surface,
      RequestContext context,
      Bytes body,
      Optional<Traffic.Claim> claim,
      Optional<String> receipt)
      implements Passage {}

  /** The same request was answered before; answer it again. */
  record Repeated(Traffic.Answer answer) implements Passage {}

  /**
   * The handler must not run.
   *
   * @param allow the methods that the path does take, when the method was wrong
   */
  record Shut(Problem problem, Set<String> allow) implements Passage {
    public Shut {
      allow = Set.copyOf(allow);
    }

    public Shut(Problem problem) {
      this(problem, Set.of());
    }
  }

  /** Answers by the kind of passage. */
  default <R> R match(
      Function<Open, R> open, Function<Repeated, R> repeated, Function<Shut, R> shut) {
    if (this instanceof Open go) {
      return open.apply(go);
    }
    if (this instanceof Repeated again) {
      return repeated.apply(again);
    }
    return shut.apply((Shut) this);
  }
}
