package io.talos.architecture.docs;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints {@code docs/operate/errors.md}: every code, and who does what about it. */
final class ErrorsPage {
  private static final String SOURCE = "contracts/registry/error_codes.json";

  /** A part of the page and how the codes in it begin; the first part that fits takes a code. */
  private record Part(String title, List<String> beginnings) {
    boolean takes(String code) {
      return beginnings.stream().anyMatch(code::startsWith);
    }
  }

  private static final List<Part> PARTS =
      List.of(
          new Part("Who is calling", List.of("AUTH_", "AGENT_NOT_REGISTERED", "REPLAY_")),
          new Part("What the caller may do", List.of("RBAC_", "CAPABILITY_", "TALOS_DENIED")),
          new Part("How often", List.of("RATE_", "BUDGET_", "IDEMPOTENCY_")),
          new Part("Agents and keys", List.of("AGENT_", "DID_", "KEY_", "PREKEY_", "VIRTUAL_")),
          new Part("Sessions, frames and channels", List.of("A2A_", "RATCHET_", "X3DH_", "STATE_")),
          new Part("Audit log and proofs", List.of("AUDIT_", "PROOF_")),
          new Part("Secrets", List.of("SECRET_", "KEK_", "ENVELOPE_", "DECRYPT_")),
          new Part("MCP servers behind the gateway", List.of("MCP_", "UPSTREAM_")),
          new Part(
              "The server itself",
              List.of("DATABASE_", "REDIS_", "SERVER_", "CONFIGURATION_", "INTERNAL")),
          new Part("The request's form", List.of("")));

  private static final String ABOUT =
      """
      A refusal is `application/problem+json` with the members `type` (`urn:talos:error:` and the code), `title`, `status`, `code`, `retryable` and, for
      a body that does not fit its schema, `pointer`. Build on `code`: it keeps its meaning for ever; titles may get better words. *Again* says whether the same
      request may succeed later without a change; where the answer has `Retry-After`, wait that many seconds. A signed request is signed anew for each try.

      """;

  private ErrorsPage() {}

  static Page of(Project project) {
    Map<Part, List<JsonObject>> parts = new LinkedHashMap<>();
    PARTS.forEach(part -> parts.put(part, new ArrayList<>()));
    for (JsonObject code : project.registry("error_codes", "codes")) {
      PARTS.stream()
          .filter(part -> part.takes(code.getString("code")))
          .findFirst()
          .map(parts::get)
          .orElseThrow()
          .add(code);
    }
    StringBuilder text = new StringBuilder(Page.head("Error codes", SOURCE)).append(ABOUT);
    parts.forEach((part, codes) -> text.append(section(part, codes)));
    return new Page("docs/operate/errors.md", text.toString().stripTrailing() + "\n");
  }

  private static String section(Part part, List<JsonObject> codes) {
    if (codes.isEmpty()) {
      return "";
    }
    Table table =
        new Table("code", "status", "again", "what it says", "the caller", "the operator");
    for (JsonObject code : codes) {
      table.row(
          Table.code(code.getString("code")),
          Integer.toString(code.getInt("http_status")),
          code.getBoolean("retryable") ? "yes" : "no",
          Table.words(code.getString("title")),
          Table.words(code.getString("caller")),
          Table.words(code.getString("operator")));
    }
    return "## " + part.title() + "\n\n" + table + "\n";
  }
}
