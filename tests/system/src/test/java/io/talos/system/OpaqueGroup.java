package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A group whose commits and messages are any bytes: the server cannot tell them from real ones, so
 * what it promises must hold for these as well.
 */
final class OpaqueGroup {
  private final URI signedFor;
  private final Http http;
  private final String id;

  private OpaqueGroup(URI signedFor, Http http, String id) {
    this.signedFor = signedFor;
    this.http = http;
    this.id = id;
  }

  /** Made by {@code owner}, with {@code others} added in epoch 1. */
  static OpaqueGroup of(Stack stack, Identity owner, List<Identity> others) {
    OpaqueGroup none = new OpaqueGroup(stack.baseUri(), stack.http(), "");
    Http.Answer made =
        none.send("POST", "/a2a/groups", owner, Optional.of(JsonValue.EMPTY_JSON_OBJECT));
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    OpaqueGroup group = none.named(made.json().getString("group_id"));
    if (!others.isEmpty()) {
      granted(group.commit(owner, 0, others, List.of()));
    }
    return group;
  }

  /** The same calls about another group. */
  OpaqueGroup named(String other) {
    return new OpaqueGroup(signedFor, http, other);
  }

  /** The same group, asked for at another server. */
  OpaqueGroup at(Http other) {
    return new OpaqueGroup(signedFor, other, id);
  }

  String id() {
    return id;
  }

  String path() {
    return "/a2a/groups/" + id;
  }

  static Http.Answer granted(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isIn(200, 201, 204);
    return answer;
  }

  Http.Answer send(String method, String path, Identity signer, Optional<JsonObject> body) {
    Http.Request request = http.request(method, path);
    body.ifPresent(json -> request.json(json.toString()));
    return http.send(request.signed(signedFor, signer.signing(), Optional.empty()));
  }

  Http.Answer get(Identity signer, String rest) {
    return send("GET", path() + rest, signer, Optional.empty());
  }

  Http.Answer post(Identity signer, String rest, JsonObject body) {
    return send("POST", path() + rest, signer, Optional.of(body));
  }

  static String text(String words) {
    return Base64Url.encode(Bytes.utf8(words));
  }

  private static JsonArrayBuilder dids(List<Identity> agents) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    agents.forEach(agent -> array.add(agent.did()));
    return array;
  }

  static JsonObject commitBody(
      long epoch, String words, List<Identity> added, List<Identity> removed, boolean external) {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("epoch", epoch)
            .add("commit", text(words))
            .add("group_info", text("info after " + words))
            .add("added", dids(added))
            .add("removed", dids(removed))
            .add("external", external);
    if (!added.isEmpty() && !external) {
      body.add("welcome", text("welcome by " + words));
    }
    return body.build();
  }

  Http.Answer commit(Identity actor, long epoch, List<Identity> added, List<Identity> removed) {
    return post(actor, "/commits", commitBody(epoch, "commit in " + epoch, added, removed, false));
  }

  Http.Answer update(Identity actor, long epoch) {
    return commit(actor, epoch, List.of(), List.of());
  }

  Http.Answer join(Identity actor, long epoch) {
    return post(
        actor,
        "/commits",
        commitBody(epoch, "joining in " + epoch, List.of(actor), List.of(), true));
  }

  Http.Answer leave(Identity actor, long epoch) {
    return post(
        actor,
        "/proposals",
        Json.createObjectBuilder().add("epoch", epoch).add("proposal", text("let me go")).build());
  }

  Http.Answer invite(Identity actor, Identity guest) {
    return post(
        actor, "/invitations", Json.createObjectBuilder().add("agent_id", guest.did()).build());
  }

  Http.Answer say(Identity actor, long epoch, String words) {
    return post(
        actor,
        "/messages",
        Json.createObjectBuilder().add("epoch", epoch).add("message", text(words)).build());
  }

  long epoch(Identity member) {
    return granted(get(member, "")).json().getInt("epoch");
  }

  /** Everything that the reader is shown, page by page, without acknowledging the last. */
  List<JsonObject> entries(Identity reader) {
    List<JsonObject> all = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonObject page = granted(get(reader, "/messages?limit=50" + cursor)).json();
      List<JsonObject> items = page.getJsonArray("items").getValuesAs(JsonObject.class);
      all.addAll(items);
      if (items.size() < 50) {
        return all;
      }
      cursor = "&cursor=" + page.getString("next_cursor");
    }
  }

  /** What the entries hold. */
  List<String> words(Identity reader) {
    return entries(reader).stream()
        .map(item -> Base64Url.decode(item.getString("content")).utf8())
        .toList();
  }

  /** The whole history. */
  List<JsonObject> events(Identity reader) {
    List<JsonObject> all = new ArrayList<>();
    String cursor = "";
    while (true) {
      JsonObject page = granted(get(reader, "/events?limit=200" + cursor)).json();
      all.addAll(page.getJsonArray("events").getValuesAs(JsonObject.class));
      if (!page.containsKey("next_cursor")) {
        return all;
      }
      cursor = "&cursor=" + page.getString("next_cursor");
    }
  }
}
