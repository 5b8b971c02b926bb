package io.talos.policy.rest;

import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.PolicyImpact;
import io.talos.contracts.policy.PolicyParts;
import io.talos.contracts.policy.PolicyProblem;
import io.talos.contracts.policy.PolicySignature;
import io.talos.contracts.time.WireTime;
import io.talos.policy.ComparePolicies.Comparison;
import io.talos.policy.PublishPolicy.Terms;
import io.talos.policy.bundles.PolicyDraft;
import io.talos.policy.bundles.PublishedPolicy;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Policies as JSON; documents stay the JSON that was published. */
final class PolicyForm {
  private PolicyForm() {}

  static Terms terms(JsonObject body) {
    return new Terms(
        body.containsKey("expected_version")
            ? OptionalLong.of(body.getJsonNumber("expected_version").longValueExact())
            : OptionalLong.empty(),
        Optional.ofNullable(body.getString("note", null)).filter(note -> !note.isBlank()),
        Optional.ofNullable(body.getJsonObject("signature")).map(PolicyForm::signature));
  }

  private static PolicySignature signature(JsonObject json) {
    return new PolicySignature(
        Did.parse(json.getString("key")), Base64Url.decode(json.getString("signature")));
  }

  static JsonArray problems(List<PolicyProblem> problems) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (PolicyProblem problem : problems) {
      list.add(
          Json.createObjectBuilder()
              .add("severity", problem.kind().isError() ? "error" : "warning")
              .add("code", problem.kind().name().toLowerCase(Locale.ROOT))
              .add("pointer", problem.pointer())
              .add("message", problem.message()));
    }
    return list.build();
  }

  static JsonObject version(PublishedPolicy.Summary summary) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("version", summary.version())
            .add("digest", summary.digest())
            .add("published_at", WireTime.format(summary.publishedAt()))
            .add("published_by", summary.publishedBy());
    json.add("note", text(summary.note()));
    json.add(
        "rolled_back_to",
        summary.rolledBackTo().map(v -> (JsonValue) Json.createValue(v)).orElse(JsonValue.NULL));
    json.add("signed_by", text(summary.signature().map(s -> s.key().text())));
    return json.build();
  }

  static JsonObject draft(PolicyDraft.Summary draft) {
    return Json.createObjectBuilder()
        .add("bundle_id", draft.id().text())
        .add("digest", draft.digest())
        .add("created_at", WireTime.format(draft.createdAt()))
        .add("created_by", draft.createdBy())
        .build();
  }

  static JsonObject comparison(String from, String to, Comparison comparison) {
    JsonObjectBuilder parts = Json.createObjectBuilder();
    comparison.parts().forEach((list, part) -> parts.add(list, part(part)));
    PolicyImpact impact = comparison.impact();
    return Json.createObjectBuilder()
        .add("from", from)
        .add("to", to)
        .add("parts", parts)
        .add("gained", changes(impact.gained()))
        .add("lost", changes(impact.lost()))
        .add("truncated", impact.truncated() ? JsonValue.TRUE : JsonValue.FALSE)
        .build();
  }

  private static JsonObject part(PolicyParts part) {
    return Json.createObjectBuilder()
        .add("added", texts(part.added()))
        .add("removed", texts(part.removed()))
        .add("changed", texts(part.changed()))
        .build();
  }

  private static JsonArray changes(List<PolicyImpact.Change> changes) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    for (PolicyImpact.Change change : changes) {
      AccessDecision after = change.after();
      list.add(
          Json.createObjectBuilder()
              .add(
                  "subject",
                  Json.createObjectBuilder()
                      .add("type", change.subject().kind().wire())
                      .add("id", change.subject().id()))
              .add("permission", after.permission().text())
              .add("scope", scope(after.scope()))
              .add("binding_id", text(after.effectiveBinding()))
              .add("reason", after.reason().name()));
    }
    return list.build();
  }

  static JsonObject scope(AccessScope scope) {
    JsonObjectBuilder attributes = Json.createObjectBuilder();
    scope.attributes().forEach(attributes::add);
    return Json.createObjectBuilder()
        .add("scope_type", scope.type())
        .add("attributes", attributes)
        .build();
  }

  static JsonArray texts(Collection<String> texts) {
    JsonArrayBuilder list = Json.createArrayBuilder();
    texts.forEach(list::add);
    return list.build();
  }

  private static JsonValue text(Optional<String> text) {
    return text.map(t -> (JsonValue) Json.createValue(t)).orElse(JsonValue.NULL);
  }
}
