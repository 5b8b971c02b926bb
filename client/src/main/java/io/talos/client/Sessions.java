package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.InitialMessage;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.X3dh;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Private sessions with other agents. Keys and plaintexts stay here; the server carries an initial
 * message and frames that it cannot read.
 */
public final class Sessions {
  private static final String PATH = "/a2a/sessions";

  private final Calls calls;
  private final Identity identity;
  private final InstantSource clock;
  private final Randomness randomness;

  Sessions(Calls calls, Identity identity, InstantSource clock, Randomness randomness) {
    this.calls = calls;
    this.identity = identity;
    this.clock = clock;
    this.randomness = randomness;
  }

  /**
   * A session that this agent accepted.
   *
   * @param remaining this agent without the one-time prekey that was used; whoever keeps the old
   *     one would accept the same opening twice
   */
  public record Accepted(Channel channel, Identity remaining) {}

  /**
   * Opens a session with {@code responder}, whose prekeys are claimed and verified.
   *
   * @throws TalosException when the prekeys are not the responder's own
   */
  public Reply<Channel> open(Did responder) {
    return begin(responder).map(begun -> channel(begun.session(), begun.peer(), begun.state()));
  }

  /** A session that the server knows, and nobody has used yet. */
  record Begun(UuidV7 session, KeyHistory peer, RatchetState state) {}

  /** As {@link #open}, for who keeps the state. */
  Reply<Begun> begin(Did responder) {
    Reply<PrekeyBundle> claimed =
        calls
            .post("/identity/agents/" + Calls.segment(responder.text()) + "/prekeys/claim")
            .map(PrekeyBundle::fromJson);
    return claimed.match(
        granted -> begin(responder, granted.value()),
        refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Reply<Begun> begin(Did responder, PrekeyBundle bundle) {
    Instant now = clock.instant();
    X3dh.Opened opened = X3dh.open(identity.channel(), responder.text(), bundle, randomness, now);
    JsonObject body =
        Json.createObjectBuilder()
            .add("responder_id", responder.text())
            .add("suite", opened.message().suite().wireName())
            .add("initial_message", Base64Url.encode(opened.message().encode()))
            .build();
    return calls
        .postOnce(PATH, body, randomness)
        .map(
            session ->
                new Begun(
                    new UuidV7(session.getString("session_id")),
                    KeyHistory.verify(responder, bundle.keyHistory()),
                    opened.state()));
  }

  /** What the server says of a session; its members alone may ask. */
  public Reply<JsonObject> find(UuidV7 session) {
    return calls.get(PATH + "/" + session);
  }

  /**
   * Accepts a session that {@code initiator} opened with this agent.
   *
   * @throws TalosException when the opening is not that initiator's, or its prekeys are gone
   */
  public Reply<Accepted> accept(UuidV7 session, Did initiator) {
    return answer(session, initiator)
        .match(
            granted -> {
              Answer answer = granted.value();
              return confirm(session)
                  .map(
                      done ->
                          new Accepted(
                              channel(session, answer.peer(), answer.state()),
                              identity.with(answer.remaining())));
            },
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  /**
   * What this side made of an opening; the server does not know of it yet.
   *
   * @param opening the initial message
   * @param remaining the prekeys without those that it used up
   */
  record Answer(KeyHistory peer, RatchetState state, Bytes opening, Prekeys remaining) {}

  /** The first half of {@link #accept}: keep the answer, then {@link #confirm} it. */
  Reply<Answer> answer(UuidV7 session, Did initiator) {
    return find(session)
        .match(
            granted -> answer(initiator, granted.value()),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Reply<Answer> answer(Did initiator, JsonObject known) {
    return calls
        .get(Calls.historyPath(initiator))
        .map(body -> answer(Calls.history(initiator, body), known));
  }

  private Answer answer(KeyHistory initiator, JsonObject known) {
    Bytes opening = Base64Url.decode(known.getString("initial_message"));
    InitialMessage message = InitialMessage.decode(opening);
    X3dh.Accepted accepted = X3dh.accept(identity.prekeys(), initiator, message, clock.instant());
    return new Answer(initiator, accepted.state(), opening, accepted.remaining());
  }

  /** The second half of {@link #accept}: the other side may send from now on. */
  Reply<JsonObject> confirm(UuidV7 session) {
    return calls.post(PATH + "/" + session + "/accept", JsonObject.EMPTY_JSON_OBJECT);
  }

  private Channel channel(UuidV7 session, KeyHistory peer, RatchetState state) {
    return new Channel(calls, identity, session, peer, state, clock, randomness);
  }

  /** Ends a session for both. */
  public Reply<JsonObject> close(UuidV7 session) {
    return calls.delete(PATH + "/" + session);
  }
}
