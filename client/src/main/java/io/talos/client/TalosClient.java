package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.client.http.Transport;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Clock;
import java.time.InstantSource;

/**
 * A Talos server, as anybody may ask it; {@link #agent} and {@link #operator} ask as somebody.
 *
 * <p>Every answer is bounded in size and time (see {@link io.talos.client.http.Limits}). What the
 * server refuses is a {@link Reply.Refused}; what is broken throws a {@link
 * io.talos.contracts.error.TalosException}. Only requests that change nothing are tried again.
 * Thread safe.
 */
public final class TalosClient {
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

  /** The DID document of an agent. */
  public Reply<JsonObject> resolve(Did did) {
    return calls
        .getRaw("/1.0/identifiers/" + Calls.segment(did.text()), "application/did+json")
        .map(Answer::json);
  }

  /** The log's newest checkpoint; nothing about it is checked yet. */
  public Reply<SignedNote> checkpoint() {
    return calls
        .getRaw("/audit/log/checkpoint", "text/plain")
        .map(answer -> SignedNote.parse(answer.body()));
  }

  /** The key that the log says it signs with. A careful verifier gets it another way. */
  public Reply<NoteKey> logKey() {
    return calls
        .getRaw("/audit/log/key", "text/plain")
        .map(answer -> NoteKey.parse(answer.body().utf8()));
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
