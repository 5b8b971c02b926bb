package io.talos.identity.rest;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import io.talos.identity.ChangeAgentKey;
import io.talos.identity.ReadKeyHistory;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** {@code /identity/agents/{did}/keys}: which key speaks for an agent, and how that changes. */
@Path("/identity/agents/{did}/keys")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class KeyHistoryResource {
  private final ReadKeyHistory readKeyHistory;
  private final ChangeAgentKey changeAgentKey;

  /** Delegates to the operations. */
  @Inject
  public KeyHistoryResource(ReadKeyHistory readKeyHistory, ChangeAgentKey changeAgentKey) {
    this.readKeyHistory = readKeyHistory;
    this.changeAgentKey = changeAgentKey;
  }

  /** Shows the history to everybody. */
  @GET
  public Response read(@PathParam("did") String did) {
    return readKeyHistory
        .read(Did.parse(did))
        .match(
            found -> {
              JsonObjectBuilder head = head(found.agent().did(), found.agent().currentKey());
              found
                  .agent()
                  .revokedAt()
                  .ifPresent(at -> head.add("revoked_at", WireTime.format(at)));
              return answer(head, found.statements());
            },
            code -> Problem.of(code).response());
  }

  /** Takes the next statement. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(@PathParam("did") String did, KeyStatementRequest body) {
    Did agent = Did.parse(did);
    return changeAgentKey
        .change(agent, body.signed(), body.certified(agent.text()))
        .match(
            history ->
                answer(
                    head(history.did(), history.currentKey()),
                    history.statements().stream()
                        .map(statement -> CanonicalJson.encode(statement.toJson()).utf8())
                        .toList()),
            code -> Problem.of(code).response());
  }

  private static JsonObjectBuilder head(Did did, Bytes currentKey) {
    return Json.createObjectBuilder()
        .add("did", did.text())
        .add("current_key", Multikey.ed25519(currentKey).text());
  }

  /** The statements are JSON already, and there may be many: they are not read to be written. */
  private static Response answer(JsonObjectBuilder head, List<String> statements) {
    String open = head.build().toString();
    return Response.ok(
            open.substring(0, open.length() - 1)
                + ",\"statements\":["
                + String.join(",", statements)
                + "]}")
        .build();
  }
}
