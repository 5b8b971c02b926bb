package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;

/**
 * Everything that one side of a conversation must not lose. Immutable; it is saved whole before
 * anything that was made with it leaves.
 *
 * @param peer the other side's keys, as far as they are known
 * @param nextNumber of this side's next frame
 * @param outbox frames that the server is not known to have, in order
 * @param seen the peer's frames that arrived
 * @param inbox messages that the application did not acknowledge, in order
 * @param answered the initial message, on the side that accepted it
 */
record ConversationState(
    UuidV7 session,
    KeyHistory peer,
    RatchetState ratchet,
    long nextNumber,
    List<UnverifiedFrame> outbox,
    SeenNumbers seen,
    List<Message> inbox,
    Optional<Bytes> answered) {
  private static final String FORM = "talos.conversation.v1";
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(
          io.talos.client.state.Limits.CONTENT_BYTES_MAX, 16, 100_000);

  ConversationState {
    Check.atMost(outbox.size(), Limits.OUTBOX_MAX, "the outbox");
    outbox = List.copyOf(outbox);
    inbox = List.copyOf(inbox);
  }

  static ConversationState begun(
      UuidV7 session, KeyHistory peer, RatchetState ratchet, Optional<Bytes> answered) {
    return new ConversationState(
        session, peer, ratchet, 0, List.of(), SeenNumbers.none(), List.of(), answered);
  }

  ConversationState withSent(RatchetState next, List<UnverifiedFrame> waiting) {
    return new ConversationState(
        session, peer, next, nextNumber + 1, waiting, seen, inbox, answered);
  }

  ConversationState withOutbox(List<UnverifiedFrame> waiting) {
    return new ConversationState(
        session, peer, ratchet, nextNumber, waiting, seen, inbox, answered);
  }

  ConversationState withReceived(
      KeyHistory keys, RatchetState next, SeenNumbers numbers, List<Message> waiting) {
    return new ConversationState(
        session, keys, next, nextNumber, outbox, numbers, waiting, answered);
  }

  ConversationState withInbox(List<Message> waiting) {
    return new ConversationState(
        session, peer, ratchet, nextNumber, outbox, seen, waiting, answered);
  }

  /** These bytes are as secret as the conversation. */
  SecretBytes encode() {
    JsonArrayBuilder frames = Json.createArrayBuilder();
    outbox.forEach(frame -> frames.add(frame.toJson()));
    JsonArrayBuilder missing = Json.createArrayBuilder();
    seen.missing().forEach(missing::add);
    JsonArrayBuilder messages = Json.createArrayBuilder();
    inbox.forEach(
        message ->
            messages.add(
                Json.createObjectBuilder()
                    .add("number", message.number())
                    .add("plaintext", Base64Url.encode(message.plaintext()))));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("form", FORM)
            .add("session_id", session.text())
            .add("peer", peer.did().text())
            .add("peer_keys", peer.toJson())
            .add("ratchet", IdentityText.revealed(ratchet.encode()))
            .add("next_number", nextNumber)
            .add("outbox", frames)
            .add("seen", seen.highest())
            .add("missing", missing)
            .add("inbox", messages);
    answered.ifPresent(opening -> json.add("answered", Base64Url.encode(opening)));
    return SecretBytes.utf8(json.build().toString());
  }

  /**
   * Reads what {@link #encode} wrote; its messages may have been handed out before.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on anything else
   */
  static ConversationState decode(SecretBytes encoded) {
    try {
      JsonObject json = StrictJson.parseObject(Bytes.of(encoded.reveal()), JSON);
      Check.that(json.getString("form", "").equals(FORM), "it is a conversation");
      UuidV7 session = new UuidV7(json.getString("session_id"));
      Did peer = Did.parse(json.getString("peer"));
      JsonArray statements = json.getJsonArray("peer_keys");
      return new ConversationState(
          session,
          statements.isEmpty() ? KeyHistory.of(peer) : KeyHistory.fromJson(peer, statements),
          RatchetState.decode(
              SecretBytes.of(Base64Url.decode(json.getString("ratchet")).toArray())),
          number(json, "next_number"),
          json.getJsonArray("outbox").stream()
              .map(frame -> UnverifiedFrame.fromJson(frame.asJsonObject()))
              .toList(),
          new SeenNumbers(
              number(json, "seen"),
              json.getJsonArray("missing").stream()
                  .map(one -> ((JsonNumber) one).longValueExact())
                  .toList()),
          json.getJsonArray("inbox").stream()
              .map(JsonValue::asJsonObject)
              .map(message -> message(session, peer, message))
              .toList(),
          Optional.ofNullable(json.getString("answered", null)).map(Base64Url::decode));
    } catch (IllegalArgumentException | NullPointerException | ClassCastException e) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a conversation", e);
    }
  }

  private static Message message(UuidV7 session, Did peer, JsonObject json) {
    return new Message(
        session, peer, number(json, "number"), Base64Url.decode(json.getString("plaintext")), true);
  }

  private static long number(JsonObject json, String member) {
    return json.getJsonNumber(member).longValueExact();
  }
}
