package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What an operator asks of a server. Thread safe. */
public final class OperatorClient {
  private final Calls calls;

  OperatorClient(Calls calls) {
    this.calls = calls;
  }

  /** Who the server takes the caller for. */
  public Reply<JsonObject> whoami() {
    return calls.get("/identity/whoami");
  }

  /**
   * What an operator grants.
   *
   * @param subject the agent that may use it
   * @param scope what it allows
   * @param expiresAt until when
   * @param delegationDepth how often it may be passed on
   * @param calls how many calls it allows; as many as it likes, when empty
   */
  public record Grant(
      Did subject, List<Scope> scope, Instant expiresAt, int delegationDepth, OptionalLong calls) {
    /** Copies. */
    public Grant {
      scope = List.copyOf(scope);
    }
  }

  /** Grants a capability; the server signs it. */
  public Reply<UnverifiedCapability> grant(Grant grant) {
    JsonArrayBuilder scopes = Json.createArrayBuilder();
    grant.scope().forEach(scope -> scopes.add(scope.text()));
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("subject", grant.subject().text())
            .add("scope", scopes)
            .add("expires_at", WireTime.format(grant.expiresAt()))
            .add("delegation_depth", grant.delegationDepth());
    grant.calls().ifPresent(most -> body.add("calls", most));
    return calls
        .post("/policy/capabilities", body.build())
        .map(granted -> UnverifiedCapability.parse(granted.getString("capability", "")));
  }

  /** What was granted to an agent, newest first. */
  public Reply<JsonObject> granted(Did subject) {
    return calls.get("/policy/capabilities?subject=" + Calls.segment(subject.text()));
  }

  /** Whether a capability is good now, or why not, and what is used of it. */
  public Reply<JsonObject> introspect(UnverifiedCapability capability) {
    return calls.post(
        "/policy/capabilities/introspection",
        Json.createObjectBuilder().add("capability", capability.header()).build());
  }

  /**
   * Revokes the grants of an agent and what hangs on them; when more are left than one call comes
   * to, the answer has a {@code next_cursor}.
   */
  public Reply<JsonObject> revokeGrants(Did subject, RevocationReason reason) {
    return calls.post("/policy/revocations/grants", grants(subject, reason).build());
  }

  /** Goes on where the answer before stopped. */
  public Reply<JsonObject> revokeGrants(Did subject, RevocationReason reason, String cursor) {
    return calls.post(
        "/policy/revocations/grants", grants(subject, reason).add("cursor", cursor).build());
  }

  private static JsonObjectBuilder grants(Did subject, RevocationReason reason) {
    return Json.createObjectBuilder().add("subject", subject.text()).add("reason", reason.wire());
  }

  /**
   * Revokes a link and everything that hangs on it; when it returns, no node admits it any more.
   */
  public Reply<JsonObject> revoke(Bytes link, RevocationReason reason) {
    return calls.post("/policy/revocations", revocation(link, reason).build());
  }

  static JsonObjectBuilder revocation(Bytes link, RevocationReason reason) {
    return Json.createObjectBuilder().add("link", link.hex()).add("reason", reason.wire());
  }

  /** Stores the next version of a secret; its value never comes back. */
  public Reply<JsonObject> putSecret(String name, SecretBytes value) {
    byte[] clear = value.reveal();
    try {
      return calls.put(
          "/secrets/" + Calls.segment(name),
          Json.createObjectBuilder().add("value_b64u", Base64Url.encode(clear)).build());
    } finally {
      Arrays.fill(clear, (byte) 0);
    }
  }

  /** Deletes a secret. */
  public Reply<JsonObject> removeSecret(String name) {
    return calls.delete("/secrets/" + Calls.segment(name));
  }

  /**
   * Puts an MCP server behind the gateway.
   *
   * @param credentialSecret name of the secret that the gateway shows it as a bearer token
   */
  public Reply<JsonObject> registerMcpServer(
      String name, URI url, Optional<String> credentialSecret) {
    return registerMcpServer(name, url, credentialSecret, 0);
  }

  /** The same for a server whose tool calls cost {@code callPriceMicroUsd} each. */
  public Reply<JsonObject> registerMcpServer(
      String name, URI url, Optional<String> credentialSecret, long callPriceMicroUsd) {
    JsonObjectBuilder body =
        Json.createObjectBuilder().add("name", name).add("url", url.toString());
    credentialSecret.ifPresent(secret -> body.add("credential_secret", secret));
    if (callPriceMicroUsd > 0) {
      body.add("call_price_micro_usd", callPriceMicroUsd);
    }
    return calls.post("/gateway/mcp-servers", body.build());
  }

  /** The MCP servers behind the gateway. */
  public Reply<JsonObject> mcpServers() {
    return calls.get("/gateway/mcp-servers");
  }

  /** The audit log, as an operator may read it. */
  public AuditReader audit() {
    return new AuditReader(calls);
  }
}
