package io.talos.policy.rest;

import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import io.talos.policy.EvaluateAccess;
import io.talos.policy.rights.AccessQuestion;
import io.talos.policy.rights.AccessQuestion.Answer;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /access/v1}: Talos as a policy decision point for other gateways.
 *
 * <p>Source: OpenID AuthZEN Authorization API 1.0 §6 and §7.
 */
@Path("/access/v1")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AccessEvaluationResource {
  private static final String EVALUATIONS = "evaluations";

  private final EvaluateAccess evaluate;

  /** Delegates to the operation. */
  @Inject
  public AccessEvaluationResource(EvaluateAccess evaluate) {
    this.evaluate = evaluate;
  }

  /** One question. */
  @POST
  @Path("evaluation")
  public Response one(JsonObject body) {
    return Response.ok(decision(body, body)).build();
  }

  /** Several questions; what one does not say for itself it takes from the whole. */
  @POST
  @Path("evaluations")
  public Response several(JsonObject body) {
    JsonArray questions = body.getJsonArray(EVALUATIONS);
    if (questions == null || questions.isEmpty()) {
      return one(body);
    }
    String semantic =
        Optional.ofNullable(body.getJsonObject("options"))
            .map(options -> options.getString("evaluations_semantic", "execute_all"))
            .orElse("execute_all");
    JsonArrayBuilder decisions = Json.createArrayBuilder();
    for (JsonValue question : questions) {
      JsonObject decision = decision(question.asJsonObject(), body);
      decisions.add(decision);
      boolean allowed = decision.getBoolean("decision");
      if (semantic.equals(allowed ? "permit_on_first_permit" : "deny_on_first_deny")) {
        break;
      }
    }
    return Response.ok(Json.createObjectBuilder().add(EVALUATIONS, decisions).build()).build();
  }

  private JsonObject decision(JsonObject own, JsonObject whole) {
    JsonObject subject = member("subject", own, whole);
    JsonObject action = member("action", own, whole);
    JsonObject resource = member("resource", own, whole);
    if (subject == null || action == null || resource == null) {
      return incomplete();
    }
    return form(evaluate.evaluate(question(subject, action, resource)));
  }

  private static @Nullable JsonObject member(String name, JsonObject own, JsonObject whole) {
    JsonObject member = own.getJsonObject(name);
    return member == null ? whole.getJsonObject(name) : member;
  }

  private static AccessQuestion question(
      JsonObject subject, JsonObject action, JsonObject resource) {
    JsonObject said = properties(subject);
    return new AccessQuestion(
        subject.getString("type"),
        subject.getString("id"),
        groups(said),
        text(said, "team_id"),
        text(said, "org_id"),
        action.getString("name"),
        resource.getString("type"),
        resource.getString("id"),
        texts(properties(resource)));
  }

  private static JsonObject properties(JsonObject entity) {
    JsonObject properties = entity.getJsonObject("properties");
    return properties == null ? JsonValue.EMPTY_JSON_OBJECT : properties;
  }

  private static Optional<String> text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString text && !text.getString().isEmpty()
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static Set<String> groups(JsonObject said) {
    Set<String> groups = new HashSet<>();
    if (said.get("groups") instanceof JsonArray list) {
      for (JsonValue value : list) {
        groups.add(value instanceof JsonString group ? group.getString() : "");
      }
    }
    return groups;
  }

  private static Map<String, String> texts(JsonObject json) {
    Map<String, String> texts = new HashMap<>();
    json.forEach((name, value) -> texts.put(name, plain(value)));
    return texts;
  }

  /** A text as it is, a number, true or false as JSON writes it; nothing for what has parts. */
  private static String plain(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case NUMBER, TRUE, FALSE -> value.toString();
      case ARRAY, OBJECT, NULL -> "";
    };
  }

  private static JsonObject incomplete() {
    return Json.createObjectBuilder()
        .add("decision", JsonValue.FALSE)
        .add(
            "context",
            Json.createObjectBuilder()
                .add(
                    "error",
                    Json.createObjectBuilder()
                        .add("status", 400)
                        .add("message", "a subject, an action and a resource are needed")))
        .build();
  }

  private static JsonObject form(Answer answer) {
    JsonObjectBuilder context = Json.createObjectBuilder().add("reason_code", answer.reason());
    answer.access().ifPresent(access -> add(access, context));
    return Json.createObjectBuilder()
        .add("decision", answer.allowed() ? JsonValue.TRUE : JsonValue.FALSE)
        .add("context", context)
        .build();
  }

  private static void add(AccessDecision access, JsonObjectBuilder context) {
    context
        .add("policy_version", access.policyVersion())
        .add("scope", PolicyForm.scope(access.scope()))
        .add("matched_binding_ids", PolicyForm.texts(access.matchedBindings()))
        .add("matched_role_ids", PolicyForm.texts(access.matchedRoles()));
    access.effectiveBinding().ifPresent(id -> context.add("effective_binding_id", id));
    access.effectiveRole().ifPresent(id -> context.add("effective_role_id", id));
  }
}
