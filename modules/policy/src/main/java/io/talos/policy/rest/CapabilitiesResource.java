package io.talos.policy.rest;

import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.policy.GrantCapability;
import io.talos.policy.IntrospectCapability;
import io.talos.policy.ListCapabilities;
import io.talos.policy.ReadCapability;
import io.talos.policy.store.CapabilityStore.Stored;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /policy/capabilities}: grant and read. */
@Path("/policy/capabilities")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class CapabilitiesResource {
  private final GrantCapability grantCapability;
  private final ReadCapability readCapability;
  private final ListCapabilities listCapabilities;
  private final IntrospectCapability introspectCapability;

  /** Delegates to the operations. */
  @Inject
  public CapabilitiesResource(
      GrantCapability grantCapability,
      ReadCapability readCapability,
      ListCapabilities listCapabilities,
      IntrospectCapability introspectCapability) {
    this.grantCapability = grantCapability;
    this.readCapability = readCapability;
    this.listCapabilities = listCapabilities;
    this.introspectCapability = introspectCapability;
  }

  /** Lists what was granted. */
  @GET
  public Response list(
      @QueryParam("subject") @Nullable String subject,
      @QueryParam("cursor") @Nullable String cursor) {
    return listCapabilities
        .list(Optional.ofNullable(subject), Optional.ofNullable(cursor))
        .match(
            page -> Response.ok(CapabilityListResponse.of(page)).build(),
            refused -> Problem.of(refused.code()).response());
  }

  /** Says whether a capability is good, or why not. */
  @POST
  @Path("introspection")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response introspect(IntrospectionRequest request) {
    return introspectCapability
        .introspect(request.capability(), Optional.ofNullable(request.source()))
        .map(status -> Response.ok(IntrospectionResponse.of(status)).build())
        .orElseGet(() -> Problem.of(ErrorCode.CAPABILITY_NOT_FOUND).response());
  }

  /** Grants a capability. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response grant(CapabilityGrantRequest request) {
    return grantCapability
        .grant(request.wish())
        .match(
            granted ->
                Response.status(Response.Status.CREATED)
                    .entity(
                        CapabilityResponse.of(granted.header(), granted.hash(), granted.links()))
                    .build(),
            refused -> Problem.of(refused.code()).response());
  }

  /** Shows a granted capability. */
  @GET
  @Path("{hash}")
  public Response read(@PathParam("hash") String hash) {
    return readCapability
        .read(hash)
        .map(stored -> Response.ok(response(stored)).build())
        .orElseGet(() -> Problem.of(ErrorCode.CAPABILITY_NOT_FOUND).response());
  }

  private static CapabilityResponse response(Stored stored) {
    return CapabilityResponse.of(
        stored.header(),
        stored.hash(),
        UnverifiedCapability.parse(stored.header()).links().stream().map(Link::hash).toList());
  }
}
