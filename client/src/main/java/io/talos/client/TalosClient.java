package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.client.http.Transport;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A Talos server, as anybody may ask it; {@link #agent} and {@link #operator} ask as somebody.
 *
 * <p>Every answer is bounded in size and time (see {@link io.talos.client.http.Limits}). What the
 * server refuses is a {@link Reply.Refused}; what is broken throws a {@link
 * io.talos.contracts.error.TalosException}. Only requests that change nothing are tried again.
 * Thread safe.
 */
public final class TalosClient {
  /** A resolver answers so with the document of who was revoked. */
  private static final int GONE = 410;

  private final URI base;
  private final Transport transport;
  private final InstantSource clock;
  private final Randomness randomness;
  private final Calls calls;

  /**
   * The server at {@code base}.
   *
   * @param base the public base URI that the server is configured with; signatures cover it
   */
  public TalosClient(URI base) {
    this(base, new Transport(), Clock.systemUTC(), Randomness.secure());
  }

  /** The server at {@code base}, with everything injected. */
  public TalosClient(URI base, Transport transport, InstantSource clock, Randomness randomness) {
    this.base = base;
    this.transport = transport;
    this.clock = clock;
    this.randomness = randomness;
    this.calls = new Calls(transport, base, Credential.none());
  }

  /** The same server, asked by an agent that signs every request. */
  public AgentClient agent(Identity identity) {
    return new AgentClient(
        identity,
        new Calls(transport, base, Credential.signature(identity, clock, randomness)),
        clock,
        randomness);
  }

  /** The same server, asked by an operator with a JSON Web Token. */
  public OperatorClient operator(String token) {
    return new OperatorClient(new Calls(transport, base, Credential.bearer(token)));
  }

  /** The DID document of an agent, a revoked one's too. */
  public Reply<JsonObject> resolve(Did did) {
    Answer answer =
        calls.send(
            calls
                .prepare(
                    "GET",
                    "/1.0/identifiers/" + Calls.segment(did.text()),
                    Optional.empty(),
                    Bytes.empty())
                .withHeader("accept", "application/did+json, application/problem+json"));
    return answer.status() == GONE
        ? new Reply.Granted<>(answer.json(), Receipt.of(answer))
        : Calls.reply(answer).map(Answer::json);
  }

  /**
   * Which keys spoke for an agent, verified from its DID on. The server may keep the newest
   * statements back; it cannot make one up.
   */
  public Reply<KeyHistory> keyHistory(Did did) {
    return calls.get(Calls.historyPath(did)).map(body -> Calls.history(did, body));
  }

  /** Brings the newest statements of {@code next}'s history; then {@code next} is the agent. */
  public Reply<JsonObject> bring(Identity next) {
    return bring(next.history(), Optional.of(next.channel().certified()), next.signing());
  }

  /**
   * Brings the statements that the server does not have yet. Each proves itself, so any key may
   * sign the request. Safe to repeat.
   *
   * @param keyAgreement what goes with a new key, certified by it
   * @param sender signs the requests under its own DID
   */
  public Reply<JsonObject> bring(
      KeyHistory history, Optional<IdentityKey> keyAgreement, Ed25519.KeyPair sender) {
    Calls asSender = new Calls(transport, base, Credential.ownKey(sender, clock, randomness));
    return calls
        .get(Calls.historyPath(history.did()))
        .match(
            known -> bring(asSender, history, keyAgreement, known),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  private static Reply<JsonObject> bring(
      Calls calls,
      KeyHistory history,
      Optional<IdentityKey> keyAgreement,
      Reply.Granted<JsonObject> known) {
    Reply<JsonObject> reply = known;
    KeyHistory there = Calls.history(history.did(), known.value());
    // Where somebody else was first, the server says so to the last statement.
    int from =
        history.continues(there) ? there.statements().size() : history.statements().size() - 1;
    for (KeyStatement statement : history.statements()) {
      if (statement.sequence() >= from && reply instanceof Reply.Granted) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("statement", statement.toJson());
        keyAgreement
            .filter(key -> statement.key().isPresent())
            .ifPresent(key -> body.add("key_agreement", AgentClient.certificate(key)));
        reply = calls.post(Calls.historyPath(history.did()), body.build());
      }
    }
    return reply;
  }

  /** The logs that the server says it has, the one that is written first. */
  public Reply<List<ListedLog>> logs() {
    return logList().map(ListedLog::list);
  }

  /** The same as the server says it, for {@link ListedLog#list}. */
  public Reply<JsonObject> logList() {
    return calls.get("/audit/logs");
  }

  /**
   * The key that the log that is written says it signs with. A careful verifier gets it another
   * way.
   */
  public Reply<NoteKey> logKey() {
    return logs().map(logs -> logs.get(0).key());
  }

  /** The key that the server says it signs receipts with; as with the log's, get it another way. */
  public Reply<NoteKey> receiptKey() {
    return calls
        .getRaw("/audit/log/receipt-key", "text/plain")
        .map(answer -> NoteKey.parse(answer.body().utf8()));
  }

  /** The newest checkpoint of the log that is written; nothing about it is checked yet. */
  public Reply<SignedNote> checkpoint() {
    return logKey()
        .match(
            key ->
                calls
                    .getRaw(LogOrigin.path(key.value().name()) + "/checkpoint", "text/plain")
                    .map(answer -> SignedNote.parse(answer.body())),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  /** The public files of the log that {@code key} is named after, for whoever watches it. */
  public LogReader log(NoteKey key) {
    return new LogReader(calls, key.name());
  }

  /** What is revoked, as anybody may follow it. */
  public RevocationReader revocations() {
    return new RevocationReader(calls);
  }

  /** Sends a request exactly as it is, once. */
  public Reply<Answer> send(PreparedRequest request) {
    return Calls.reply(calls.send(request));
  }
}
