package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory listens, copies and alters; she is refused, nothing changes, and the log says so. */
@OnTheStack
class MalloryIT {
  private static final int BURST = 50;
  private static final int CALLERS = 10;
  private static final Duration LONGEST_BURST = Duration.ofSeconds(20);

  private final Stack stack;
  private final Notes notes;
  private final Trail trail;
  private final Identity bob;
  private final UnverifiedCapability bobs;

  MalloryIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    this.trail = new Trail(stack);
    this.bob = Agents.registered(stack);
    this.bobs = notes.grant(bob, 0);
  }

  /** Sends until the log tells of this very request: others may be folded into one event. */
  private JsonObject refusedAndTold(PreparedRequest request, ErrorCode code) {
    List<JsonObject> told = new ArrayList<>();
    Patiently.until(
        "the refusal is in the log",
        () -> {
          Refusal refusal = Replies.refused(stack.client().send(request), code);
          told.addAll(trail.of(Replies.request(refusal)));
          return !told.isEmpty();
        });
    assertThat(told).hasSize(1);
    JsonObject event = told.get(0);
    assertThat(event.getString("kind")).isEqualTo("request.refused");
    assertThat(event.getString("result")).isEqualTo("denied");
    assertThat(event.getString("code")).isEqualTo(code.name());
    return event;
  }

  private static void isAnonymous(JsonObject event, String unverifiedKeyId) {
    assertThat(event.getJsonObject("principal").getString("kind")).isEqualTo("anonymous");
    assertThat(event.getJsonObject("principal").containsKey("id")).isFalse();
    assertThat(event.getJsonObject("meta").getString("unverified_key_id"))
        .isEqualTo(unverifiedKeyId);
  }

  @Test
  @Threat("T-REPLAY-01")
  void bobs_own_request_is_refused_when_it_comes_again() {
    String note = Notes.freshNote();
    PreparedRequest captured =
        notes.session(bob, bobs).prepareCall(Notes.WRITE, Notes.note(note, "once"));
    Replies.granted(stack.client().send(captured));
    Notes.Reached before = notes.reached();

    JsonObject event = refusedAndTold(captured, ErrorCode.REPLAY_DETECTED);

    isAnonymous(event, Did.parse(bob.did()).keyUrl());
    assertThat(notes.reached()).isEqualTo(before);
  }

  @Test
  @Threat("T-REPLAY-01")
  void of_ten_copies_sent_at_once_one_gets_through()
      throws InterruptedException, ExecutionException {
    long before = notes.reached().calls().getOrDefault(Notes.WRITE, 0L);
    PreparedRequest captured =
        notes
            .session(bob, bobs)
            .prepareCall(Notes.WRITE, Notes.note(Notes.freshNote(), "ten times"));

    List<Reply<?>> replies =
        AtOnce.each(
            Collections.nCopies(CALLERS, captured), request -> stack.client().send(request));

    assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(1);
    replies.stream()
        .filter(Reply.Refused.class::isInstance)
        .forEach(reply -> Replies.refused(reply, ErrorCode.REPLAY_DETECTED));
    assertThat(notes.reached().calls().getOrDefault(Notes.WRITE, 0L) - before).isEqualTo(1);
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void mallorys_signature_under_bobs_name_is_refused() {
    Identity mallory = Agents.registered(stack);
    Notes.Reached before = notes.reached();
    PreparedRequest own =
        notes.call(mallory, bobs, Notes.WRITE, Notes.note("bobs", "Mallory was here"));
    String input = own.headers().getOrDefault("signature-input", "");
    String hers = Did.parse(mallory.did()).keyUrl();
    String his = Did.parse(bob.did()).keyUrl();
    assertThat(input).contains(hers);

    JsonObject event =
        refusedAndTold(
            own.withHeader("signature-input", input.replace(hers, his)),
            ErrorCode.AUTH_INVALID_SIGNATURE);

    isAnonymous(event, his);
    assertThat(notes.reached()).isEqualTo(before);
  }

  static Stream<Arguments> alterations() {
    return Stream.of(
        Arguments.of(
            "another body under its old digest",
            (Alteration) r -> changed(r, r.uri().toString(), body("other")),
            "AUTH_INVALID_SIGNATURE"),
        Arguments.of(
            "another server",
            (Alteration) r -> changed(r, r.uri() + "-2", r.body()),
            "AUTH_INVALID_SIGNATURE"),
        Arguments.of(
            "a query",
            (Alteration) r -> changed(r, r.uri() + "?admin=true", r.body()),
            "AUTH_INVALID_SIGNATURE"),
        Arguments.of(
            "another signature",
            (Alteration) r -> r.withHeader("signature", "talos=:" + "A".repeat(86) + "==:"),
            "AUTH_INVALID_SIGNATURE"),
        Arguments.of(
            "no signature", (Alteration) r -> r.withHeader("signature", ""), "AUTH_INVALID"));
  }

  /** What Mallory does to a request on its way. */
  interface Alteration {
    PreparedRequest of(PreparedRequest request);
  }

  private static Bytes body(String text) {
    return Bytes.utf8(
        Notes.rpc("tools/call", Notes.params(Notes.WRITE, Notes.note("bobs", text))).toString());
  }

  private static PreparedRequest changed(PreparedRequest request, String uri, Bytes body) {
    return new PreparedRequest(request.method(), URI.create(uri), request.headers(), body);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("alterations")
  @Threat("T-MITM-01")
  void a_request_that_mallory_altered_on_its_way(
      String what, Alteration alteration, String refused) {
    Notes.Reached before = notes.reached();
    PreparedRequest genuine = notes.call(bob, bobs, Notes.WRITE, Notes.note("bobs", "true"));

    Refusal refusal =
        Replies.refused(stack.client().send(alteration.of(genuine)), ErrorCode.valueOf(refused));

    assertThat(refusal.status()).isEqualTo(401);
    assertThat(notes.reached()).isEqualTo(before);
    // Bob's own request still counts: nothing that Mallory sent has spent it.
    String code = stack.client().send(genuine).match(done -> "", r -> r.refusal().code());
    assertThat(code).isNotEqualTo("REPLAY_DETECTED");
  }

  @Test
  @Threat("T-CAPABILITYABUSE-01")
  void bobs_capability_is_worth_nothing_in_mallorys_hands() {
    Identity mallory = Agents.registered(stack);
    Notes.Reached before = notes.reached();

    Refusal refusal =
        Replies.refused(
            stack.client().send(notes.call(mallory, bobs, Notes.WRITE, Notes.note("bobs", "mine"))),
            ErrorCode.CAPABILITY_SUBJECT_MISMATCH);

    trail.stopped(Replies.request(refusal), ErrorCode.CAPABILITY_SUBJECT_MISMATCH, mallory.did());
    assertThat(notes.reached()).isEqualTo(before);
  }

  @Test
  @Threat("T-REPLAY-01")
  void alices_frame_comes_only_from_alice_and_only_once() {
    Talk talk = Talk.begun(stack);
    Identity mallory = Agents.registered(stack);
    var frame = talk.alices().seal(Bytes.utf8("to Bob"));
    Replies.granted(talk.alices().submit(frame));

    Refusal hers =
        Replies.refused(
            stack
                .client()
                .send(
                    stack
                        .client()
                        .agent(mallory)
                        .prepare(
                            "POST",
                            talk.path() + "/frames",
                            Optional.empty(),
                            Bytes.utf8(Channel.submission(frame).toString()))),
            ErrorCode.A2A_SESSION_NOT_FOUND);
    Refusal again =
        Replies.refused(talk.alices().submit(frame), ErrorCode.A2A_FRAME_REPLAY_DETECTED);

    trail.failed(Replies.request(hers), ErrorCode.A2A_SESSION_NOT_FOUND, mallory.did());
    trail.failed(Replies.request(again), ErrorCode.A2A_FRAME_REPLAY_DETECTED, talk.alice().did());
    assertThat(Replies.value(talk.bobs().receive())).hasSize(1);
  }

  private int told(String condition, Instant since) {
    return trail
        .events("kind = 'request.refused' and ts >= '" + since + "' and " + condition)
        .stream()
        .mapToInt(event -> 1 + event.getJsonObject("meta").getInt("folded", 0))
        .sum();
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void fifty_refusals_of_a_known_agent_in_a_burst_are_few_events_that_count_to_fifty()
      throws InterruptedException, ExecutionException {
    Identity mallory = Agents.registered(stack);
    McpSession own = notes.session(mallory, notes.grant(mallory, 0));
    Instant start = Notes.now();

    List<Reply<?>> replies =
        AtOnce.each(
            Collections.nCopies(CALLERS, own),
            session -> {
              Reply<?> last = refusedCall(mallory);
              for (int i = 1; i < BURST / CALLERS; i++) {
                last = refusedCall(mallory);
              }
              return last;
            });

    replies.forEach(r -> Replies.refused(r, ErrorCode.CAPABILITY_SUBJECT_MISMATCH));
    long seconds = Duration.between(start, Notes.now()).toSeconds();
    assertThat(seconds).isLessThan(LONGEST_BURST.toSeconds());
    Patiently.until("all are told", () -> told(mine(mallory), start) == BURST);
    assertThat(
            trail.events("kind = 'request.refused' and ts >= '" + start + "' and " + mine(mallory)))
        .hasSizeLessThanOrEqualTo((int) seconds + 3);
  }

  private static String mine(Identity mallory) {
    return "event::json ->> 'code' = 'CAPABILITY_SUBJECT_MISMATCH' and principal_id = '"
        + mallory.did()
        + "'";
  }

  private Reply<?> refusedCall(Identity mallory) {
    return stack.client().send(notes.call(mallory, bobs, Notes.READ, Notes.id("x")));
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void fifty_strangers_requests_in_a_burst_are_few_events_that_count_to_fifty()
      throws InterruptedException, ExecutionException {
    Http http = stack.http();
    Map<String, String> bad = Map.of("Signature", "talos=:AAAA:", "Signature-Input", "talos=()");
    Instant start = Notes.now();

    List<List<String>> codes =
        AtOnce.each(
            Collections.nCopies(CALLERS, bad),
            headers ->
                Stream.generate(
                        () -> {
                          var request = http.request("GET", "/identity/whoami");
                          headers.forEach(request::header);
                          return http.send(request).code();
                        })
                    .limit(BURST / CALLERS)
                    .toList());

    assertThat(codes.stream().flatMap(List::stream)).hasSize(BURST).containsOnly("AUTH_INVALID");
    long seconds = Duration.between(start, Notes.now()).toSeconds();
    String strangers = "event::json ->> 'code' = 'AUTH_INVALID'";
    Patiently.until("all are told", () -> told(strangers, start) >= BURST);
    assertThat(trail.events("kind = 'request.refused' and ts >= '" + start + "' and " + strangers))
        .hasSizeLessThanOrEqualTo((int) seconds + 3);
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void a_weak_key_that_verifies_anything_is_nobody() {
    // The neutral point: with a sloppy verifier every signature by it is right.
    byte[] neutral = new byte[32];
    neutral[0] = 1;
    Http.Answer resolved =
        stack
            .http()
            .get("/1.0/identifiers/" + "did:key:" + Multikey.ed25519(Bytes.of(neutral)).text());

    assertThat(resolved.code()).isEqualTo("DID_INVALID");
    assertThat(Ed25519.verify(Bytes.of(neutral), Bytes.utf8("x"), Bytes.of(new byte[64])))
        .isFalse();
  }
}
