package io.talos.runtime.request;

import io.talos.contracts.audit.RequestContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries the request's context from the gateway's chain to whoever acts within the request.
 *
 * <p>Outside a request (timers, start-up) the request scope may be active but nothing was begun.
 */
@RequestScoped
public class CurrentRequest {
  private @Nullable RequestContext context;

  /** Sets what is known of the request so far; the chain alone calls it. */
  public void become(RequestContext known) {
    context = known;
  }

  /** The request, when the current thread works for one. */
  public Optional<RequestContext> context() {
    return Optional.ofNullable(context);
  }

  /** The request of code that runs behind the chain only. */
  public RequestContext require() {
    return context().orElseThrow(() -> new IllegalStateException("not inside a request"));
  }
}
