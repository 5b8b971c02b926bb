package io.talos.policy.rest;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.PolicyBinding;
import io.talos.contracts.time.WireTime;
import io.talos.policy.PolicyInForce;
import io.talos.policy.PublishPolicy;
import io.talos.policy.rights.ActivePolicy;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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
import org.jspecify.annotations.Nullable;

/** {@code /policy/bindings}: a change publishes the next version of the policy. */
@Path("/policy/bindings")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BindingsResource {
  private static final String LIST = "bindings";

  private final PolicyInForce policy;
  private final PublishPolicy publish;

  /** Delegates to the operations. */
  @Inject
  public BindingsResource(PolicyInForce policy, PublishPolicy publish) {
    this.policy = policy;
    this.publish = publish;
  }

  /** All bindings in force, the built-in ones first. */
  @GET
  public Response list() {
    ActivePolicy active = policy.current();
    JsonArrayBuilder bindings = Json.createArrayBuilder();
    BuiltInPolicy.load().bindings().forEach(binding -> bindings.add(binding(binding, true)));
    active.document().bindings().forEach(binding -> bindings.add(binding(binding, false)));
    return Response.ok(
            Json.createObjectBuilder()
                .add("version", active.version())
                .add("bindings", bindings)
                .build())
        .build();
  }

  private static JsonObject binding(PolicyBinding binding, boolean builtIn) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("binding_id", binding.id())
            .add(
                "subject",
                Json.createObjectBuilder()
                    .add("type", binding.subject().kind().wire())
                    .add("id", binding.subject().id()))
            .add("role_id", binding.roleId())
            .add("effect", binding.effect().wire())
            .add("scope", PolicyForm.scope(binding.scope()))
            .add("built_in", builtIn ? JsonValue.TRUE : JsonValue.FALSE);
    binding.expiresAt().ifPresent(at -> json.add("expires_at", WireTime.format(at)));
    return json.build();
  }

  /** Adds or replaces a binding. */
  @PUT
  @Path("{binding}")
  public Response put(@PathParam("binding") String id, JsonObject body) {
    JsonObject binding = body.getJsonObject("binding");
    return binding.getString("binding_id").equals(id)
        ? BundlesResource.answer(publish.put(LIST, binding, PolicyForm.terms(body)))
        : Problem.at(ErrorCode.TALOS_INVALID_INPUT, "/binding/binding_id").response();
  }

  /** Removes a binding. */
  @DELETE
  @Path("{binding}")
  public Response remove(
      @PathParam("binding") String id, @QueryParam("expected_version") @Nullable Long expected) {
    return BundlesResource.answer(publish.remove(LIST, id, RolesResource.terms(expected)));
  }
}
