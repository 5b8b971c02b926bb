package io.talos.client.story;

import io.talos.client.OperatorClient.Grant;
import io.talos.client.Reply;
import io.talos.client.story.Cast.Means;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Step 2: an operator puts the notes server behind the gateway and grants Alice all of it; Alice
 * passes one tool on to Bob, without asking anybody.
 */
final class Delegation {
  static final String TITLE = "Capabilities";

  /** The tool that Bob may call. */
  static final String TOOL = "write_note";

  /** How often he may call it. */
  static final long CALLS = 3;

  private static final String NAME = "notes";
  private static final String SECRET = "notes-credential";
  private static final Duration ALICES = Duration.ofHours(1);
  private static final Duration BOBS = Duration.ofMinutes(10);

  private final StorySettings settings;
  private final Cast cast;
  private final Means means;

  Delegation(StorySettings settings, Cast cast, Means means) {
    this.settings = settings;
    this.cast = cast;
    this.means = means;
  }

  /**
   * What the agents may do from now on.
   *
   * @param server the name under which the gateway knows the notes server
   */
  record Rights(String server, UnverifiedCapability alices, UnverifiedCapability bobs) {}

  Rights play() {
    String server = putBehindGateway();
    UnverifiedCapability alices = grantAlice(server);
    return new Rights(server, alices, attenuate(alices, server));
  }

  String proved(Rights rights) {
    return "the operator granted Alice tool:"
        + rights.server()
        + "; offline, Alice passed on to Bob only "
        + TOOL
        + ", for "
        + BOBS.toMinutes()
        + " minutes and "
        + CALLS
        + " calls; passing on more than she has was impossible";
  }

  /** A fresh capability of Alice's for all of the server, that she may pass on once. */
  UnverifiedCapability grantAlice(String server) {
    Instant now = means.clock().instant();
    Grant grant =
        new Grant(
            cast.alice().did(),
            List.of(Scope.ofTool(server)),
            now.plus(ALICES),
            1,
            OptionalLong.empty());
    UnverifiedCapability capability =
        Claim.granted("granting Alice a capability", cast.operator().grant(grant)).value();
    Claim.that(
        capability.links().size() == 1
            && capability.root().isSigned()
            && capability.root().terms().subject().equals(cast.alice().did())
            && capability.root().terms().scope().equals(grant.scope()),
        "Alice was granted something else than was asked for");
    return capability;
  }

  private UnverifiedCapability attenuate(UnverifiedCapability alices, String server) {
    Instant now = means.clock().instant();
    Attenuation all = Attenuation.of(alices, cast.bob().did());
    requireImpossible(all.withScope(List.of(Scope.ofTool(server + "-and-more"))), now);
    requireImpossible(all.expiringAt(now.plus(ALICES).plus(ALICES)), now);
    return all.withScope(List.of(new Scope(server, Optional.of(TOOL), Optional.empty())))
        .expiringAt(now.plus(BOBS))
        .withCalls(CALLS)
        .withDelegationDepth(0)
        .signedBy(cast.alice().identity().signing(), means.ids().next(now), now);
  }

  private void requireImpossible(Attenuation wider, Instant now) {
    try {
      wider.signedBy(cast.alice().identity().signing(), means.ids().next(now), now);
    } catch (TalosException e) {
      Claim.that(
          e.code() == ErrorCode.CAPABILITY_DELEGATION_INVALID,
          "passing on too much failed with " + e.code());
      return;
    }
    Claim.that(false, "Alice could pass on more than she has");
  }

  /** An earlier play may have done it; another address under the name gets a name of its own. */
  private String putBehindGateway() {
    Claim.granted(
        "storing the notes server's credential",
        cast.operator().putSecret(SECRET, SecretBytes.utf8(settings.notesCredential())));
    if (register(NAME)) {
      return NAME;
    }
    String other =
        NAME + "-" + Sha256.hex(Bytes.utf8(settings.notesUri().toString())).substring(0, 8);
    Claim.that(register(other), "the name " + other + " is taken by another server");
    return other;
  }

  /** Whether {@code name} now means the notes server. */
  private boolean register(String name) {
    Reply<JsonObject> reply =
        cast.operator().registerMcpServer(name, settings.notesUri(), Optional.of(SECRET));
    boolean exists =
        reply.match(granted -> false, refused -> refused.refusal().is(ErrorCode.MCP_SERVER_EXISTS));
    if (!exists) {
      Claim.granted("registering the notes server", reply);
      return true;
    }
    return Claim.granted("listing MCP servers", cast.operator().mcpServers())
        .value()
        .getJsonArray("servers")
        .stream()
        .map(JsonValue::asJsonObject)
        .filter(server -> server.getString("name", "").equals(name))
        .anyMatch(
            server ->
                URI.create(server.getString("url", "about:blank")).equals(settings.notesUri())
                    && server.getString("credential_secret", "").equals(SECRET));
  }
}
