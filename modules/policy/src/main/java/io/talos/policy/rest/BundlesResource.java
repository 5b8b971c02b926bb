package io.talos.policy.rest;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.PolicyCheck;
import io.talos.contracts.policy.PolicyProblem;
import io.talos.contracts.policy.PolicyStatement;
import io.talos.contracts.policy.RedactedPolicy;
import io.talos.policy.ComparePolicies;
import io.talos.policy.DraftPolicy;
import io.talos.policy.PolicyChecks;
import io.talos.policy.PublishPolicy;
import io.talos.policy.ReadPolicy;
import io.talos.policy.ReadPolicy.Named;
import io.talos.policy.ops.PolicySettings;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /policy/bundles}: drafts and versions of the policy. */
@Path("/policy/bundles")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class BundlesResource {
  private final DraftPolicy drafts;
  private final PublishPolicy publish;
  private final ReadPolicy read;
  private final ComparePolicies compare;
  private final PolicyChecks checks;
  private final PolicySettings settings;
  private final Randomness randomness;

  /** Delegates to the operations. */
  @Inject
  public BundlesResource(
      DraftPolicy drafts,
      PublishPolicy publish,
      ReadPolicy read,
      ComparePolicies compare,
      PolicyChecks checks,
      PolicySettings settings,
      Randomness randomness) {
    this.drafts = drafts;
    this.publish = publish;
    this.read = read;
    this.compare = compare;
    this.checks = checks;
    this.settings = settings;
    this.randomness = randomness;
  }

  /** Keeps a draft. */
  @POST
  public Response draft(JsonObject body) {
    return drafts
        .draft(body.getJsonObject("document"))
        .match(kept -> created(kept), refused -> invalid(refused));
  }

  private Response created(DraftPolicy.Drafted kept) {
    PolicyStatement next =
        new PolicyStatement(settings.audience(), kept.next(), kept.draft().digest());
    return Response.status(Response.Status.CREATED)
        .entity(
            Json.createObjectBuilder()
                .add("bundle_id", kept.draft().id().text())
                .add("digest", kept.draft().digest().hex())
                .add("problems", PolicyForm.problems(kept.problems()))
                .add("next_statement", next.json())
                .build())
        .build();
  }

  private static Response invalid(DraftPolicy.Refused refused) {
    return refused.problems().stream()
        .filter(problem -> problem.kind().isError())
        .findFirst()
        .map(problem -> Problem.at(refused.code(), problem.pointer()))
        .orElseGet(() -> Problem.of(refused.code()))
        .response();
  }

  /** Names everything that is wrong with a document. */
  @POST
  @Path("validate")
  public Response validate(JsonObject body) {
    JsonObject document = body.getJsonObject("document");
    List<PolicyProblem> problems = checks.problems(document);
    return Response.ok(
            Json.createObjectBuilder()
                .add("valid", PolicyCheck.isUsable(problems) ? JsonValue.TRUE : JsonValue.FALSE)
                .add("digest", Sha256.of(CanonicalJson.encode(document)).hex())
                .add("problems", PolicyForm.problems(problems))
                .build())
        .build();
  }

  /** Versions, the newest first, and drafts. */
  @GET
  public Response history(@QueryParam("before") @Nullable Long before) {
    ReadPolicy.History history = read.history(Optional.ofNullable(before));
    JsonArrayBuilder versions = Json.createArrayBuilder();
    history.versions().forEach(version -> versions.add(PolicyForm.version(version)));
    JsonArrayBuilder open = Json.createArrayBuilder();
    history.drafts().forEach(draft -> open.add(PolicyForm.draft(draft)));
    return Response.ok(
            Json.createObjectBuilder()
                .add("active_version", history.active())
                .add("versions", versions)
                .add("drafts", open)
                .build())
        .build();
  }

  /** Shows a draft or a version. */
  @GET
  @Path("{name}")
  public Response read(@PathParam("name") String name) {
    return view(name, Named::document, document -> document.json());
  }

  /** Shows a draft or a version without names and texts. */
  @GET
  @Path("{name}/export")
  public Response export(@PathParam("name") String name) {
    return view(
        name, Named::document, document -> RedactedPolicy.of(document, randomness.bytes(32)));
  }

  private <D> Response view(String name, Function<Named, D> of, Function<D, JsonObject> form) {
    return read.find(name)
        .map(
            named ->
                Response.ok(
                        Json.createObjectBuilder()
                            .add("name", named.name())
                            .add("digest", named.document().digest().hex())
                            .add("document", form.apply(of.apply(named)))
                            .build())
                    .build())
        .orElseGet(() -> Problem.of(ErrorCode.POLICY_NOT_FOUND).response());
  }

  /** Removes a draft. */
  @DELETE
  @Path("{name}")
  public Response discard(@PathParam("name") String name) {
    return ReadPolicy.id(name).filter(drafts::discard).isPresent()
        ? Response.noContent().build()
        : Problem.of(ErrorCode.POLICY_NOT_FOUND).response();
  }

  /** Who would gain or lose what. */
  @GET
  @Path("{name}/impact")
  public Response impact(
      @PathParam("name") String name,
      @QueryParam("against") @DefaultValue("active") String against) {
    Optional<Named> newer = read.find(name);
    Optional<Named> older = read.find(against);
    if (newer.isEmpty() || older.isEmpty()) {
      return Problem.of(ErrorCode.POLICY_NOT_FOUND).response();
    }
    return Response.ok(
            PolicyForm.comparison(
                older.get().name(),
                newer.get().name(),
                compare.compare(older.get().document(), newer.get().document())))
        .build();
  }

  /** Publishes a draft. */
  @POST
  @Path("{name}/publish")
  public Response publish(@PathParam("name") String name, JsonObject body) {
    Optional<UuidV7> draft = ReadPolicy.id(name);
    return draft.isEmpty()
        ? Problem.of(ErrorCode.POLICY_NOT_FOUND).response()
        : answer(publish.publish(draft.get(), PolicyForm.terms(body)));
  }

  /** Publishes an old version again. */
  @POST
  @Path("rollback")
  public Response rollBack(JsonObject body) {
    return answer(
        publish.rollBack(body.getJsonNumber("version").longValueExact(), PolicyForm.terms(body)));
  }

  static Response answer(PublishPolicy.Result result) {
    return result.match(
        published ->
            Response.status(Response.Status.CREATED)
                .entity(PolicyForm.version(published.policy().summary()))
                .build(),
        refused -> Problem.of(refused.code()).response());
  }
}
