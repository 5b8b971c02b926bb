package io.talos.client.story;

import io.talos.client.Channel;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.client.http.Answer;
import io.talos.client.http.PreparedRequest;
import io.talos.client.story.Cast.Means;
import io.talos.client.story.Conversation.Talk;
import io.talos.client.story.Delegation.Rights;
import io.talos.client.story.ToolCall.Called;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.Terms;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.http.Headers;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Step 5: Mallory tries; each attempt is refused with its own code, and is in the audit log. */
final class Attacks {
  static final String TITLE = "Mallory";
  private static final long AUDIT_WAIT_MILLIS = 2_000;
  private static final long POLL_MILLIS = 200;

  /**
   * The log holds one refusal a second of those who did not say who they are, and counts the
   * others: when somebody else was refused just before, Mallory has to try again.
   */
  private static final int TRIES_MAX = 5;

  private final Cast cast;
  private final Means means;
  private final Rights rights;
  private final Talk talk;
  private final ToolCall tools;
  private final Called called;

  Attacks(Cast cast, Means means, Rights rights, Talk talk, ToolCall tools, Called called) {
    this.cast = cast;
    this.means = means;
    this.rights = rights;
    this.talk = talk;
    this.tools = tools;
    this.called = called;
  }

  /**
   * What the audit log holds of the attempts.
   *
   * @param events the events' ids, in the order of the attempts
   * @param codes the codes that were answered
   */
  record Repelled(List<UuidV7> events, Set<ErrorCode> codes) {}

  private record Attempt(String what, ErrorCode code, Supplier<Reply<?>> act) {}

  Repelled play() {
    List<Attempt> attempts = new ArrayList<>();
    attempts.add(replayed());
    attempts.add(forged());
    attempts.addAll(widened());
    attempts.add(borrowed());
    attempts.addAll(frames());
    attempts.add(guessed());
    List<UuidV7> events = new ArrayList<>();
    Set<ErrorCode> codes = new LinkedHashSet<>();
    for (Attempt attempt : attempts) {
      events.add(recorded(attempt));
      codes.add(attempt.code());
    }
    Claim.that(
        tools.read(called.note(), rights.alices()).equals(tools.text()),
        "Bob's note was changed by Mallory");
    return new Repelled(List.copyOf(events), codes);
  }

  String proved(Repelled repelled) {
    StringBuilder codes = new StringBuilder();
    repelled.codes().forEach(code -> codes.append(codes.isEmpty() ? "" : ", ").append(code));
    return repelled.events().size()
        + " attempts were refused ("
        + codes
        + "), each is in the audit log, and Bob's note is unchanged";
  }

  private Attempt replayed() {
    return new Attempt(
        "replaying Bob's request",
        ErrorCode.REPLAY_DETECTED,
        () -> cast.talos().send(called.request()));
  }

  /** Signed by Mallory, under Bob's name. */
  private Attempt forged() {
    PreparedRequest own = toolCall(rights.bobs());
    String input = own.headers().getOrDefault(Headers.SIGNATURE_INPUT, "");
    Did mallory = cast.mallory().did();
    Claim.that(input.contains(mallory.keyUrl()), "the signature does not name its key");
    PreparedRequest forged =
        own.withHeader(
            Headers.SIGNATURE_INPUT, input.replace(mallory.keyUrl(), cast.bob().did().keyUrl()));
    return new Attempt(
        "forging Bob's signature",
        ErrorCode.AUTH_INVALID_SIGNATURE,
        () -> cast.talos().send(forged));
  }

  /**
   * Bob's link made out to herself and for all tools: once under Alice's signature, once her own.
   */
  private List<Attempt> widened() {
    Terms alices = rights.bobs().leaf().terms();
    Terms edited = widened(alices, alices.issuer());
    Link kept = new Link(edited, rights.bobs().leaf().signature());
    Terms own = widened(alices, cast.mallory().did());
    Ed25519.KeyPair mallory = cast.mallory().identity().signing();
    Link resigned = new Link(own, mallory.sign(own.signed()));
    return List.of(
        new Attempt(
            "widening Bob's capability",
            ErrorCode.CAPABILITY_SIGNATURE_INVALID,
            () -> send(chain(kept))),
        new Attempt(
            "signing a wider capability",
            ErrorCode.CAPABILITY_DELEGATION_INVALID,
            () -> send(chain(resigned))));
  }

  private Terms widened(Terms terms, Did issuer) {
    return new Terms(
        terms.id(),
        issuer,
        Optional.empty(),
        cast.mallory().did(),
        Optional.empty(),
        terms.issuedAt(),
        terms
            .rights()
            .withScope(List.of(Scope.ofTool(rights.server())))
            .withCalls(OptionalLong.empty()),
        terms.parent());
  }

  private UnverifiedCapability chain(Link leaf) {
    return new UnverifiedCapability(List.of(rights.alices().root(), leaf));
  }

  private Attempt borrowed() {
    return new Attempt(
        "using Bob's capability as Mallory",
        ErrorCode.CAPABILITY_SUBJECT_MISMATCH,
        () -> send(rights.bobs()));
  }

  private Reply<Answer> send(UnverifiedCapability capability) {
    return cast.talos().send(toolCall(capability));
  }

  /** Would overwrite Bob's note. */
  private PreparedRequest toolCall(UnverifiedCapability capability) {
    JsonObject message =
        Json.createObjectBuilder()
            .add("jsonrpc", "2.0")
            .add("id", 1)
            .add("method", "tools/call")
            .add(
                "params",
                Json.createObjectBuilder()
                    .add("name", Delegation.TOOL)
                    .add("arguments", ToolCall.note(called.note(), "Mallory was here")))
            .build();
    return cast.mallory()
        .client()
        .prepare(
            "POST",
            "/mcp/" + rights.server(),
            Optional.of(capability),
            Bytes.utf8(message.toString()))
        .withHeader("accept", "application/json, text/event-stream");
  }

  /** Alice's frame once more: brought by Mallory, then by Alice herself. */
  private List<Attempt> frames() {
    Frame frame = talk.alicesFrame();
    PreparedRequest mallorys =
        cast.mallory()
            .client()
            .prepare(
                "POST",
                "/a2a/sessions/" + talk.session() + "/frames",
                Optional.empty(),
                Bytes.utf8(Channel.submission(frame).toString()));
    return List.of(
        new Attempt(
            "sending Alice's frame as Mallory",
            ErrorCode.A2A_SESSION_NOT_FOUND,
            () -> cast.talos().send(mallorys)),
        new Attempt(
            "sending a frame twice",
            ErrorCode.A2A_FRAME_REPLAY_DETECTED,
            () -> talk.alices().submit(frame)));
  }

  private Attempt guessed() {
    // A session that exists and one that does not must look the same.
    Claim.refused(
        "asking for a session that does not exist",
        ErrorCode.A2A_SESSION_NOT_FOUND,
        cast.mallory().client().sessions().find(means.ids().next(means.clock().instant())));
    return new Attempt(
        "guessing another agents' session",
        ErrorCode.A2A_SESSION_NOT_FOUND,
        () -> cast.mallory().client().sessions().find(talk.session()));
  }

  /** The id of the event that recorded the refusal. */
  private UuidV7 recorded(Attempt attempt) {
    Optional<JsonObject> event = Optional.empty();
    for (int tried = 0; event.isEmpty() && tried < TRIES_MAX; tried++) {
      event = awaitEvent(attempt.code(), refused(attempt));
    }
    Claim.that(event.isPresent(), attempt.what() + " is not in the audit log");
    String result = event.get().getString("result", "");
    Claim.that(
        result.equals("denied") || result.equals("failure"),
        attempt.what() + " stands in the audit log as " + result);
    return new UuidV7(event.get().getString("event_id"));
  }

  /** The id of the request. */
  private static UuidV7 refused(Attempt attempt) {
    Refusal refusal = Claim.refused(attempt.what(), attempt.code(), attempt.act().get());
    return refusal
        .receipt()
        .requestId()
        .orElseThrow(() -> new IllegalStateException("the server named no request when refusing"));
  }

  private Optional<JsonObject> awaitEvent(ErrorCode code, UuidV7 request) {
    long end = System.nanoTime() + AUDIT_WAIT_MILLIS * 1_000_000;
    Optional<JsonObject> event = find(code, request);
    while (event.isEmpty() && System.nanoTime() < end) {
      Pause.millis(POLL_MILLIS);
      event = find(code, request);
    }
    return event;
  }

  /** A refusal of the chain, or of what an admitted request asked for. */
  private Optional<JsonObject> find(ErrorCode code, UuidV7 request) {
    return find("request.refused", code, request).or(() -> find("request.finished", code, request));
  }

  private Optional<JsonObject> find(String kind, ErrorCode code, UuidV7 request) {
    return Claim.granted(
            "searching the audit log",
            cast.operator()
                .audit()
                .newest(
                    kind,
                    request,
                    event ->
                        event.getString("request_id", "").equals(request.text())
                            && event.getString("code", "").equals(code.name())))
        .value();
  }
}
