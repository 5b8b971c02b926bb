package io.talos.client;

import io.talos.client.groups.PreparedCommit;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** A group at a server. */
final class HttpGroupDelivery implements GroupDelivery {
  private final Calls calls;
  private final String path;

  HttpGroupDelivery(Calls calls, UuidV7 group) {
    this.calls = calls;
    this.path = Groups.PATH + "/" + group;
  }

  @Override
  public Reply<JsonObject> commit(PreparedCommit commit) {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("epoch", commit.epoch())
            .add("commit", Base64Url.encode(commit.commit()));
    commit.welcome().ifPresent(welcome -> body.add("welcome", Base64Url.encode(welcome)));
    return calls.post(
        path + "/commits",
        body.add("group_info", Base64Url.encode(commit.groupInfo()))
            .add("added", dids(commit.added()))
            .add("removed", dids(commit.removed()))
            .add("external", commit.external())
            .build());
  }

  private static JsonArrayBuilder dids(List<Did> dids) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    dids.forEach(did -> array.add(did.text()));
    return array;
  }

  @Override
  public Reply<JsonObject> propose(long epoch, Bytes proposal) {
    return calls.post(path + "/proposals", body(epoch, "proposal", proposal));
  }

  @Override
  public Reply<JsonObject> send(long epoch, Bytes message) {
    return calls.post(path + "/messages", body(epoch, "message", message));
  }

  private static JsonObject body(long epoch, String name, Bytes content) {
    return Json.createObjectBuilder()
        .add("epoch", epoch)
        .add(name, Base64Url.encode(content))
        .build();
  }

  @Override
  public Reply<GroupEntry.Page> entries(Optional<String> cursor) {
    try {
      return entries(cursor, Limits.GROUP_PAGE);
    } catch (TalosException e) {
      if (e.code() != ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE) {
        throw e;
      }
      return entries(cursor, Limits.GROUP_PAGE_OF_LARGE);
    }
  }

  private Reply<GroupEntry.Page> entries(Optional<String> cursor, int limit) {
    return calls
        .get(
            path
                + "/messages?limit="
                + limit
                + cursor.map(c -> "&cursor=" + Calls.segment(c)).orElse(""))
        .map(page -> GroupEntry.Page.fromJson(page, limit));
  }

  @Override
  public Reply<Bytes> groupInfo() {
    return calls
        .get(path + "/group-info")
        .map(info -> Base64Url.decode(info.getString("group_info")));
  }

  @Override
  public Reply<List<Did>> leaving() {
    return calls
        .get(path)
        .map(
            group ->
                group.getJsonArray("members").getValuesAs(JsonObject.class).stream()
                    .filter(member -> member.getBoolean("leaving", false))
                    .map(member -> Did.parse(member.getString("agent_id")))
                    .toList());
  }

  @Override
  public Reply<JsonObject> invite(Did invited) {
    return calls.post(
        path + "/invitations", Json.createObjectBuilder().add("agent_id", invited.text()).build());
  }

  @Override
  public Reply<JsonObject> close() {
    return calls.delete(path);
  }
}
