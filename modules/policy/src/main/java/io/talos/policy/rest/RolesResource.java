package io.talos.policy.rest;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.policy.PolicyRole;
import io.talos.policy.PolicyInForce;
import io.talos.policy.PublishPolicy;
import io.talos.policy.PublishPolicy.Terms;
import io.talos.policy.rights.ActivePolicy;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code /policy/roles}: a change publishes the next version of the policy. */
@Path("/policy/roles")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RolesResource {
  private static final String LIST = "roles";

  private final PolicyInForce policy;
  private final PublishPolicy publish;

  /** Delegates to the operations. */
  @Inject
  public RolesResource(PolicyInForce policy, PublishPolicy publish) {
    this.policy = policy;
    this.publish = publish;
  }

  /** All roles in force, the built-in ones first. */
  @GET
  public Response list() {
    ActivePolicy active = policy.current();
    JsonArrayBuilder roles = Json.createArrayBuilder();
    BuiltInPolicy.load().roles().forEach(role -> roles.add(role(role, true)));
    active.document().roles().forEach(role -> roles.add(role(role, false)));
    return Response.ok(
            Json.createObjectBuilder().add("version", active.version()).add("roles", roles).build())
        .build();
  }

  private static JsonObject role(PolicyRole role, boolean builtIn) {
    return Json.createObjectBuilder()
        .add("role_id", role.id())
        .add("about", role.about())
        .add(
            "permissions",
            PolicyForm.texts(role.permissions().stream().map(Permission::text).toList()))
        .add("built_in", builtIn ? JsonValue.TRUE : JsonValue.FALSE)
        .build();
  }

  /** Adds or replaces a role. */
  @PUT
  @Path("{role}")
  public Response put(@PathParam("role") String id, JsonObject body) {
    JsonObject role = body.getJsonObject("role");
    return role.getString("role_id").equals(id)
        ? BundlesResource.answer(publish.put(LIST, role, PolicyForm.terms(body)))
        : Problem.at(ErrorCode.TALOS_INVALID_INPUT, "/role/role_id").response();
  }

  /** Removes a role. */
  @DELETE
  @Path("{role}")
  public Response remove(
      @PathParam("role") String id, @QueryParam("expected_version") @Nullable Long expected) {
    return BundlesResource.answer(publish.remove(LIST, id, terms(expected)));
  }

  static Terms terms(@Nullable Long expected) {
    return new Terms(
        expected == null ? OptionalLong.empty() : OptionalLong.of(expected),
        Optional.empty(),
        Optional.empty());
  }
}
