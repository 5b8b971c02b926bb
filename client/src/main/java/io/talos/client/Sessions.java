package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.InitialMessage;
import io.talos.contracts.channel.PrekeyBundle;
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
    Reply<PrekeyBundle> claimed =
        calls
            .post("/identity/agents/" + Calls.segment(responder.text()) + "/prekeys/claim")
            .map(PrekeyBundle::fromJson);
    return claimed.match(
        granted -> open(responder, granted.value()),
        refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Reply<Channel> open(Did responder, PrekeyBundle bundle) {
    Instant now = clock.instant();
    X3dh.Opened opened = X3dh.open(identity.channel(), responder.text(), bundle, randomness, now);
    JsonObject body =
        Json.createObjectBuilder()
            .add("responder_id", responder.text())
            .add("suite", opened.message().suite().wireName())
            .add("initial_message", Base64Url.encode(opened.message().encode()))
            .build();
    return calls
        .post(PATH, body)
        .map(
            session ->
                channel(
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
    return find(session)
        .match(
            granted -> accept(session, initiator, granted.value()),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Reply<Accepted> accept(UuidV7 session, Did initiator, JsonObject known) {
    return calls
        .get(Calls.historyPath(initiator))
        .match(
            keys -> accept(session, Calls.history(initiator, keys.value()), known),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Reply<Accepted> accept(UuidV7 session, KeyHistory initiator, JsonObject known) {
    Bytes opening = Base64Url.decode(known.getString("initial_message"));
    X3dh.Accepted accepted =
        X3dh.accept(identity.prekeys(), initiator, InitialMessage.decode(opening), clock.instant());
    return calls
        .post(PATH + "/" + session + "/accept", JsonObject.EMPTY_JSON_OBJECT)
        .map(
            done ->
                new Accepted(
                    channel(session, initiator, accepted.state()),
                    identity.with(accepted.remaining())));
  }

  private Channel channel(
      UuidV7 session, KeyHistory peer, io.talos.contracts.channel.RatchetState state) {
    return new Channel(calls, identity, session, peer, state, clock, randomness);
  }

  /** Ends a session for both. */
  public Reply<JsonObject> close(UuidV7 session) {
    return calls.delete(PATH + "/" + session);
  }
}
