package io.talos.client;

import io.talos.client.groups.Declared;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What the server shows of a group, in its order; nothing of it is verified.
 *
 * @param position its place, without a gap to the one before
 * @param sender who is said to have sent it
 * @param epoch the epoch it was made in; of a welcome, the one that it leads into
 */
record GroupEntry(
    long position,
    Kind kind,
    Did sender,
    long epoch,
    Bytes content,
    List<Did> added,
    List<Did> removed,
    boolean external,
    Instant sentAt) {
  enum Kind {
    COMMIT,
    PROPOSAL,
    WELCOME,
    MESSAGE
  }

  /**
   * A page of them.
   *
   * @param next where the next one begins
   * @param last whether nothing more was there
   */
  record Page(List<GroupEntry> entries, String next, boolean last) {
    Page {
      entries = List.copyOf(entries);
    }

    static Page fromJson(JsonObject json, int limit) {
      JsonArray items = json.getJsonArray("items");
      if (items.size() > limit) {
        throw new TalosException(
            ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "more entries than asked for");
      }
      return new Page(
          items.getValuesAs(JsonObject.class).stream().map(GroupEntry::fromJson).toList(),
          json.getString("next_cursor"),
          items.size() < limit);
    }
  }

  GroupEntry {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }

  Declared declared() {
    return new Declared(sender, added, removed, external, sentAt);
  }

  private static GroupEntry fromJson(JsonObject json) {
    try {
      return new GroupEntry(
          json.getJsonNumber("position").longValueExact(),
          Kind.valueOf(json.getString("kind").toUpperCase(Locale.ROOT)),
          Did.parse(json.getString("sender_id")),
          json.getJsonNumber("epoch").longValueExact(),
          Base64Url.decode(json.getString("content")),
          dids(json, "added"),
          dids(json, "removed"),
          json.getBoolean("external", false),
          WireTime.parse(json.getString("sent_at")));
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw new TalosException(ErrorCode.A2A_GROUP_MESSAGE_INVALID, "no entry of a group", e);
    }
  }

  private static List<Did> dids(JsonObject json, String member) {
    return json.containsKey(member)
        ? json.getJsonArray(member).getValuesAs(JsonString.class).stream()
            .map(did -> Did.parse(did.getString()))
            .toList()
        : List.of();
  }
}
