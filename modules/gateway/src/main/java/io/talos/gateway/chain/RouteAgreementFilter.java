package io.talos.gateway.chain;

import io.talos.contracts.error.ErrorCode;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Stops a request whose resource, as JAX-RS found it, is not the surface that the chain let in: two
 * readers of one path must never disagree.
 */
@Provider
@Dependent
public class RouteAgreementFilter implements ContainerRequestFilter {
  @Context private @Nullable ResourceInfo matched;

  @Override
  public void filter(ContainerRequestContext request) {
    ResourceInfo info = matched;
    boolean agreed =
        info != null
            && request.getProperty(EnforcementFilter.OPEN) instanceof Passage.Open open
            && Routes.of(info.getResourceClass(), info.getResourceMethod())
                .filter(route -> route.equals(Routes.of(open.surface())))
                .isPresent();
    if (!agreed) {
      request.abortWith(Problem.of(ErrorCode.RBAC_SURFACE_UNMAPPED_DENIED).response());
    }
  }
}
