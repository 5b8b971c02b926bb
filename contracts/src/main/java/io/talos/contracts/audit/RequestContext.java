package io.talos.contracts.audit;

import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import java.util.Optional;

/**
 * The request in which something happens.
 *
 * @param requestId names the request, also in the response and in logs
 * @param admissionId id of the request's admission event, once it is admitted
 * @param surfaceId the surface that was asked
 * @param method the HTTP method
 * @param pathTemplate the surface's path template, without any value of the caller's
 * @param clientAddress the caller's network address; personal
 * @param principal who is calling
 */
public record RequestContext(
    UuidV7 requestId,
    Optional<UuidV7> admissionId,
    String surfaceId,
    String method,
    String pathTemplate,
    String clientAddress,
    Principal principal) {

  /** The same request after it was admitted under {@code admission}. */
  public RequestContext admitted(UuidV7 admission) {
    return new RequestContext(
        requestId,
        Optional.of(admission),
        surfaceId,
        method,
        pathTemplate,
        clientAddress,
        principal);
  }
}
