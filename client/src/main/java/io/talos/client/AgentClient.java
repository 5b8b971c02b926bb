package io.talos.client;

import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.InstantSource;
import java.util.Optional;

/** What an agent asks of a server; every request is signed with its key. Thread safe. */
public final class AgentClient {
  private final Identity identity;
  private final Calls calls;
  private final InstantSource clock;
  private final Randomness randomness;

  AgentClient(Identity identity, Calls calls, InstantSource clock, Randomness randomness) {
    this.identity = identity;
    this.calls = calls;
    this.clock = clock;
    this.randomness = randomness;
  }

  /** The agent's DID. */
  public String did() {
    return identity.did();
  }

  /** Registers the agent: the signature proves that it holds its key. */
  public Reply<JsonObject> register(Optional<String> displayName) {
    IdentityKey agreement = identity.channel().certified();
    JsonObjectBuilder body =
        Json.createObjectBuilder().add("did", did()).add("key_agreement", certificate(agreement));
    identity.history().statements().stream()
        .findFirst()
        .ifPresent(inception -> body.add("inception", inception.toJson()));
    displayName.ifPresent(name -> body.add("display_name", name));
    return calls.post("/identity/agents", body.build());
  }

  static JsonObjectBuilder certificate(IdentityKey agreement) {
    return Json.createObjectBuilder()
        .add("public_key", Base64Url.encode(agreement.publicKey()))
        .add("signature", Base64Url.encode(agreement.signature()));
  }

  /** Who the server takes the caller for. */
  public Reply<JsonObject> whoami() {
    return calls.get("/identity/whoami");
  }

  /** What is registered of an agent. */
  public Reply<JsonObject> find(String did) {
    return calls.get(agentPath(did));
  }

  /**
   * Publishes the public halves of {@code owner}'s prekeys.
   *
   * @param owner this agent with fresh prekeys, which must outlive the call: whoever opens a
   *     session used them
   */
  public Reply<JsonObject> publishPrekeys(Identity owner) {
    io.talos.contracts.Check.that(owner.did().equals(did()), "an agent publishes its own prekeys");
    return calls.put(agentPath(did()) + "/prekeys", owner.prekeys().publication(clock.instant()));
  }

  /** What is left of this agent's prekeys; {@code low_stock} asks for more. */
  public Reply<JsonObject> prekeyStock() {
    return calls.get(agentPath(did()) + "/prekeys");
  }

  /** Takes prekeys of another agent; nothing about them is checked until a channel is opened. */
  public Reply<PrekeyBundle> claimPrekeys(String did) {
    return calls.post(agentPath(did) + "/prekeys/claim").map(PrekeyBundle::fromJson);
  }

  private static String agentPath(String did) {
    return "/identity/agents/" + Calls.segment(did);
  }

  /**
   * Revokes a link that this agent issued, and everything that hangs on it.
   *
   * @param shown a capability that holds the link
   */
  public Reply<JsonObject> revoke(UnverifiedCapability shown, Bytes link, RevocationReason reason) {
    return calls.post(
        "/policy/revocations",
        OperatorClient.revocation(link, reason).add("capability", shown.header()).build());
  }

  /** Sessions with other agents. */
  public Sessions sessions() {
    return new Sessions(calls, identity, clock, randomness);
  }

  /**
   * Sessions that survive restarts and crashes.
   *
   * @param home this agent's; one of these for a home
   */
  public Conversations conversations(AgentHome home) {
    io.talos.contracts.Check.that(home.identity().did().equals(did()), "the home is this agent's");
    return new Conversations(calls, home, clock, randomness);
  }

  /** Groups of agents; keep the object, which holds the private halves of key packages. */
  public Groups groups() {
    return new Groups(calls, identity, clock, randomness);
  }

  /** Opens a session with an MCP server behind the gateway. */
  public Reply<McpSession> mcp(String server, UnverifiedCapability capability) {
    return McpSession.open(calls, server, capability.header());
  }

  /** The audit log: an agent may read its own events. */
  public AuditReader audit() {
    return new AuditReader(calls);
  }

  /** A signed request that was not sent yet; {@link TalosClient#send} sends it. */
  public PreparedRequest prepare(
      String method, String path, Optional<UnverifiedCapability> capability, Bytes body) {
    return calls.prepare(method, path, capability.map(UnverifiedCapability::header), body);
  }

  /** What was granted to this agent, newest first. */
  public Reply<JsonObject> granted() {
    return calls.get("/policy/capabilities");
  }

  /** Whether a capability of this agent, or one that it signed a link of, is good now. */
  public Reply<JsonObject> introspect(UnverifiedCapability capability) {
    return calls.post(
        "/policy/capabilities/introspection",
        Json.createObjectBuilder().add("capability", capability.header()).build());
  }
}
