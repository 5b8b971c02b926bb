package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.talos.client.groups.Cast;
import io.talos.client.groups.LeafOwner;
import io.talos.client.groups.PreparedCommit;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A group over HTTP: what members send fits the schemas, and what they are shown is understood. */
class GroupsOverHttpTest {
  private static final UuidV7 ID = new UuidV7(Cast.GROUP.utf8());
  private static final Limits JSON = new Limits(8 << 20, 8, 10_000);

  private final SchemaLibrary schemas = new SchemaLibrary();
  private final OneGroup group = new OneGroup();
  private final Map<Did, Deque<String>> keyPackages = new HashMap<>();
  private final List<ScriptedServer> servers = new ArrayList<>();

  @AfterEach
  void servers_stop() {
    servers.forEach(ScriptedServer::close);
  }

  private Groups groups(String name) {
    ScriptedServer[] own = new ScriptedServer[1];
    own[0] =
        new ScriptedServer(
            exchange -> {
              List<ScriptedServer.Seen> seen = own[0].seen();
              answer(name, exchange, seen.get(seen.size() - 1).body());
            });
    servers.add(own[0]);
    LeafOwner owner = group.cast.named(name);
    Identity identity =
        Identity.of(KeyHistory.of(owner.did()), owner.signing(), X25519.generate(Cast.CHANCE));
    return new TalosClient(own[0].uri()).agent(identity).groups();
  }

  private void answer(String name, HttpExchange exchange, String text) throws IOException {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    JsonObject body =
        text.isEmpty()
            ? JsonObject.EMPTY_JSON_OBJECT
            : StrictJson.parseObject(Bytes.utf8(text), JSON);
    Reply<JsonObject> reply = route(name, asked, body);
    reply.match(
        granted -> sent(exchange, 200, "application/json", granted.value().toString()),
        refused ->
            sent(
                exchange,
                409,
                "application/problem+json",
                "{\"code\":\"" + refused.refusal().code() + "\"}"));
  }

  private static boolean sent(HttpExchange exchange, int status, String type, String body) {
    try {
      ScriptedServer.answer(exchange, status, type, body);
      return true;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Reply<JsonObject> route(String name, String asked, JsonObject body) {
    GroupDelivery view = group.view(name);
    String place = asked.replace(" /a2a/groups/" + ID, " ");
    return switch (place) {
      case "PUT /a2a/key-packages" ->
          published(name, fitting("key_packages_publish_request.v1", body));
      case "POST /a2a/key-packages/claim" -> claimed(fitting("key_package_claim_request.v1", body));
      case "POST /a2a/groups" -> {
        fitting("group_create_request.v1", body);
        group.made(name);
        yield granted(Json.createObjectBuilder().add("group_id", ID.text()));
      }
      case "POST /commits" -> view.commit(commit(fitting("group_commit_request.v1", body)));
      case "POST /proposals" ->
          view.propose(
              fitting("group_proposal_request.v1", body).getInt("epoch"), b64(body, "proposal"));
      case "POST /messages" ->
          view.send(
              fitting("group_message_request.v1", body).getInt("epoch"), b64(body, "message"));
      case "POST /invitations" -> granted(invited(fitting("group_invite_request.v1", body)));
      case "GET /messages" -> view.entries(Optional.empty()).map(this::page);
      case "GET /group-info" ->
          view.groupInfo()
              .map(
                  info ->
                      fitting(
                          "group_info.v1",
                          Json.createObjectBuilder()
                              .add("group_id", ID.text())
                              .add("epoch", group.epoch())
                              .add("group_info", Base64Url.encode(info))
                              .build()));
      default -> granted(Json.createObjectBuilder().add("statements", Json.createArrayBuilder()));
    };
  }

  private static Reply<JsonObject> granted(JsonObjectBuilder value) {
    return new Reply.Granted<>(value.build(), Receipt.none());
  }

  private JsonObject fitting(String schema, JsonObject body) {
    assertThat(schemas.violations("a2a/" + schema, body)).as(schema).isEmpty();
    return body;
  }

  private static Bytes b64(JsonObject body, String member) {
    return Base64Url.decode(body.getString(member));
  }

  private static JsonObjectBuilder invited(JsonObject body) {
    return Json.createObjectBuilder().add("agent_id", body.getString("agent_id"));
  }

  private Reply<JsonObject> published(String name, JsonObject body) {
    Deque<String> stock =
        keyPackages.computeIfAbsent(group.cast.did(name), did -> new ArrayDeque<>());
    body.getJsonArray("key_packages")
        .getValuesAs(JsonString.class)
        .forEach(each -> stock.add(each.getString()));
    return granted(Json.createObjectBuilder().add("available", stock.size()));
  }

  private Reply<JsonObject> claimed(JsonObject body) {
    Did agent = Did.parse(body.getString("agent_id"));
    Deque<String> stock = java.util.Objects.requireNonNull(keyPackages.get(agent));
    return granted(
        Json.createObjectBuilder()
            .add("agent_id", agent.text())
            .add("key_package", stock.remove()));
  }

  private static List<Did> dids(JsonObject body, String member) {
    return body.getJsonArray(member).getValuesAs(JsonString.class).stream()
        .map(did -> Did.parse(did.getString()))
        .toList();
  }

  private static PreparedCommit commit(JsonObject body) {
    return new PreparedCommit(
        body.getInt("epoch"),
        b64(body, "commit"),
        body.containsKey("welcome") ? Optional.of(b64(body, "welcome")) : Optional.empty(),
        b64(body, "group_info"),
        dids(body, "added"),
        dids(body, "removed"),
        body.getBoolean("external"));
  }

  /** All of it each time: whoever reads has seen the beginning before. */
  private JsonObject page(GroupEntry.Page page) {
    JsonArrayBuilder items = Json.createArrayBuilder();
    for (GroupEntry entry : page.entries()) {
      JsonObjectBuilder item =
          Json.createObjectBuilder()
              .add("position", entry.position())
              .add("kind", entry.kind().name().toLowerCase(Locale.ROOT))
              .add("sender_id", entry.sender().text())
              .add("epoch", entry.epoch())
              .add("content", Base64Url.encode(entry.content()))
              .add("sent_at", WireTime.format(entry.sentAt()));
      if (entry.kind() == GroupEntry.Kind.COMMIT || entry.kind() == GroupEntry.Kind.WELCOME) {
        item.add("added", texts(entry.added()))
            .add("removed", texts(entry.removed()))
            .add("external", entry.external());
      }
      items.add(item);
    }
    return fitting(
        "group_entry_page.v1",
        Json.createObjectBuilder().add("items", items).add("next_cursor", "c-1").build());
  }

  private static JsonArrayBuilder texts(List<Did> dids) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    dids.forEach(did -> array.add(did.text()));
    return array;
  }

  private static List<String> read(GroupSession session) {
    return session.receive().orThrow().messages().stream().map(m -> m.content().utf8()).toList();
  }

  @Test
  void members_are_added_invited_lost_and_leave_and_read_each_other() {
    Groups bobs = groups("bob");
    bobs.publishKeyPackages(3).orThrow();
    GroupSession alice = groups("alice").create(Optional.of("friends")).orThrow();
    alice.add(List.of(group.cast.did("bob"))).orThrow();
    GroupSession bob = bobs.join(ID).orThrow();
    alice.invite(group.cast.did("carol")).orThrow();
    GroupSession carol = groups("carol").comeBack(ID).orThrow();
    alice.send(Bytes.utf8("welcome")).orThrow();
    assertThat(read(bob)).containsExactly("welcome");
    assertThat(read(carol)).containsExactly("welcome");

    // Bob's process ends; another begins.
    GroupSession again = groups("bob").comeBack(ID).orThrow();
    again.send(Bytes.utf8("back")).orThrow();
    assertThat(read(alice)).containsExactly("back");
    carol.leave().orThrow();
    alice.update().orThrow();

    assertThat(again.receive().orThrow().changes()).isNotEmpty();
    assertThat(again.members()).isEqualTo(group.cast.dids("alice", "bob"));
    assertThat(again.epochAuthenticator()).isEqualTo(alice.epochAuthenticator());
  }

  @Test
  void a_welcome_for_key_packages_that_were_lost_opens_nothing_but_the_way_from_outside_is_open() {
    groups("bob").publishKeyPackages(1).orThrow();
    GroupSession alice = groups("alice").create(Optional.empty()).orThrow();
    alice.add(List.of(group.cast.did("bob"))).orThrow();
    Groups restarted = groups("bob");

    assertThatThrownBy(() -> restarted.join(ID))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_GROUP_STATE_LOST));

    restarted.comeBack(ID).orThrow().send(Bytes.utf8("here")).orThrow();
    assertThat(read(alice)).containsExactly("here");
  }
}
