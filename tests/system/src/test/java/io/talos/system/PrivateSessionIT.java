package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Alice and Bob talk; the server carries what it cannot read, and strangers learn nothing. */
@OnTheStack
class PrivateSessionIT {
  private static final List<Integer> ALICES_ORDER = List.of(0, 2, 1, 4, 3);
  private static final List<Integer> BOBS_ORDER = List.of(3, 0, 1, 4, 2);
  private static final int MEBIBYTE = 1 << 20;

  private final Stack stack;
  private final Http http;
  private final Trail trail;

  PrivateSessionIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.trail = new Trail(stack);
  }

  private static List<Bytes> texts(String who) {
    return Stream.of(0, 1, 2, 3, 4)
        .map(i -> Bytes.utf8(who + " says word " + Randomness.secure().bytes(12).hex() + i))
        .toList();
  }

  /** Writes all, sends them in {@code order}, and reads them at the other end in that order. */
  private static void exchange(Channel from, Channel to, List<Bytes> texts, List<Integer> order) {
    List<Frame> frames = texts.stream().map(from::seal).toList();
    order.forEach(i -> Replies.granted(from.submit(frames.get(i))));
    assertThat(Replies.value(to.receive()))
        .extracting(Channel.Message::plaintext)
        .containsExactlyElementsOf(order.stream().map(texts::get).toList());
  }

  @Test
  @Threat("T-METADATA-01")
  @Threat("T-MITM-01")
  void ten_frames_out_of_order_arrive_and_no_word_of_them_stays_on_the_server() throws IOException {
    Talk talk = Talk.begun(stack);
    List<Bytes> alices = texts("Alice");
    List<Bytes> bobs = texts("Bob");

    exchange(talk.alices(), talk.bobs(), alices, ALICES_ORDER);
    exchange(talk.bobs(), talk.alices(), bobs, BOBS_ORDER);

    assertThat(frames(talk)).isEqualTo(10);
    Set<String> words = new LinkedHashSet<>();
    Stream.concat(alices.stream(), bobs.stream()).forEach(text -> words.addAll(forms(text)));
    assertThat(tablesThatHold(words)).isEmpty();
    assertThat(logFilesThatHold(words)).isEmpty();
    // The search finds what is there: Alice's DID stands in the clear in the session's row.
    assertThat(tablesThatHold(Set.of(talk.alice().did()))).contains("a2a.session");
  }

  /** A text as it is, as hex, and as base64 at each of the three offsets within a longer text. */
  private static Set<String> forms(Bytes text) {
    Set<String> forms = new LinkedHashSet<>(Set.of(text.utf8(), text.hex()));
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[offset + text.size()];
      System.arraycopy(text.toArray(), 0, shifted, offset, text.size());
      String encoded = Base64Url.encode(Bytes.of(shifted));
      // The first and last characters also depend on the neighbours.
      forms.add(encoded.substring(4, encoded.length() - 4));
    }
    return forms;
  }

  private Set<String> tablesThatHold(Set<String> words) {
    Set<String> found = new LinkedHashSet<>();
    List<String> tables =
        stack.column(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables"
                + " where table_type = 'BASE TABLE'"
                + " and table_schema not in ('pg_catalog', 'information_schema')");
    assertThat(tables).contains("a2a.frame", "audit.event", "audit.evidence", "secrets.secret");
    for (String table : tables) {
      String pattern = String.join("|", words.stream().map(w -> w.replace(".", "\\.")).toList());
      if (stack.count("select count(*) from " + table + " t where t::text ~ '" + pattern + "'")
          > 0) {
        found.add(table);
      }
    }
    return found;
  }

  private Set<String> logFilesThatHold(Set<String> words) throws IOException {
    Set<String> found = new LinkedHashSet<>();
    List<Path> files = new ArrayList<>();
    files.add(stack.launcher().liberty().consoleLog());
    try (Stream<Path> logs = Files.walk(stack.launcher().liberty().logFolder())) {
      logs.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      words.stream().filter(text::contains).forEach(word -> found.add(file + ": " + word));
    }
    return found;
  }

  private long frames(Talk talk) {
    return stack.count(
        "select count(*) from a2a.frame where session_id = '" + talk.session() + "'");
  }

  /** Everything of a session that anybody could change. */
  private List<String> state(Talk talk) {
    String where = " where session_id = '" + talk.session() + "'";
    return List.of(
        String.join(
            "\n",
            stack.column("select s::text from a2a.session s where id = '" + talk.session() + "'")),
        String.join("\n", stack.column("select f::text from a2a.frame f" + where)),
        String.join("\n", stack.column("select l::text from a2a.lane l" + where)));
  }

  private Http.Answer send(Identity signer, String path, JsonObject body) {
    return http.send(
        http.request("POST", path)
            .json(body.toString())
            .signed(stack.baseUri(), signer.signing(), Optional.empty()));
  }

  private Http.Answer ask(String method, Identity signer, String path) {
    return http.send(
        http.request(method, path).signed(stack.baseUri(), signer.signing(), Optional.empty()));
  }

  @Test
  @Threat("T-METADATA-01")
  void a_stranger_cannot_tell_a_session_from_one_that_does_not_exist() {
    Talk talk = Talk.begun(stack);
    Frame frame = talk.alices().seal(Bytes.utf8("for Bob alone"));
    Replies.granted(talk.alices().submit(frame));
    Identity mallory = Agents.registered(stack);
    List<String> before = state(talk);

    List<Http.Answer> real = everything(mallory, talk.session(), frame);
    List<Http.Answer> made = everything(mallory, Notes.freshId(), frame);

    for (int i = 0; i < real.size(); i++) {
      assertThat(real.get(i).status()).as(real.get(i).text()).isEqualTo(404);
      assertThat(real.get(i).code()).isEqualTo("A2A_SESSION_NOT_FOUND");
      assertThat(real.get(i).text()).isEqualTo(made.get(i).text());
      assertThat(real.get(i).status()).isEqualTo(made.get(i).status());
      assertThat(real.get(i).headers().keySet()).isEqualTo(made.get(i).headers().keySet());
      trail.failed(Replies.request(real.get(i)), ErrorCode.A2A_SESSION_NOT_FOUND, mallory.did());
    }
    assertThat(state(talk)).isEqualTo(before);
  }

  /** Reads, accepts, rotates, sends, fetches and closes. */
  private List<Http.Answer> everything(Identity mallory, UuidV7 session, Frame captured) {
    String path = "/a2a/sessions/" + session;
    Frame own =
        Frame.sign(
            mallory.signing(),
            session,
            0,
            captured.message(),
            Notes.now(),
            Notes.now().plusSeconds(60));
    return List.of(
        ask("GET", mallory, path),
        send(mallory, path + "/accept", JsonValue.EMPTY_JSON_OBJECT),
        send(
            mallory,
            path + "/rotate",
            Json.createObjectBuilder()
                .add("ratchet_state_blob_b64u", "AAAA")
                .add("ratchet_state_digest", Sha256.hex(Base64Url.decode("AAAA")))
                .add("ratchet_state_counter", 1)
                .build()),
        send(mallory, path + "/frames", Channel.submission(own)),
        send(mallory, path + "/frames", Channel.submission(captured)),
        ask("GET", mallory, path + "/frames"),
        ask("DELETE", mallory, path));
  }

  static Stream<Arguments> tampered() {
    return Stream.of(
        Arguments.of("frame_digest", "0".repeat(64), ErrorCode.A2A_FRAME_DIGEST_MISMATCH),
        Arguments.of(
            "ciphertext_hash", "0".repeat(64), ErrorCode.A2A_FRAME_CIPHERTEXT_HASH_MISMATCH),
        Arguments.of("ciphertext_b64u", "AAAA", ErrorCode.A2A_FRAME_CIPHERTEXT_HASH_MISMATCH),
        Arguments.of("header_b64u", "AAAA", ErrorCode.A2A_FRAME_DIGEST_MISMATCH),
        Arguments.of("signature", "A".repeat(86), ErrorCode.A2A_FRAME_SIGNATURE_INVALID),
        Arguments.of(
            "expires_at", "2199-01-01T00:00:00.000Z", ErrorCode.A2A_FRAME_SIGNATURE_INVALID),
        Arguments.of("schema_version", "v1", ErrorCode.SCHEMA_VALIDATION_ERROR));
  }

  @ParameterizedTest(name = "another {0}: {2}")
  @MethodSource("tampered")
  @Threat("T-MITM-01")
  void a_frame_with(String member, String value, ErrorCode code) {
    Talk talk = Talk.begun(stack);
    JsonObject genuine = talk.alices().seal(Bytes.utf8("untouched")).toJson();
    JsonObject changed = Json.createObjectBuilder(genuine).add(member, value).build();

    Http.Answer answer =
        send(
            talk.alice(),
            talk.path() + "/frames",
            Json.createObjectBuilder().add("frame", changed).build());

    assertThat(answer.code()).as(answer.text()).isEqualTo(code.name());
    assertThat(frames(talk)).isZero();
    assertThat(answer.status()).isEqualTo(code.httpStatus());
  }

  @Test
  @Threat("T-REPLAY-01")
  void a_frame_is_taken_once_whoever_brings_it_again() {
    Talk talk = Talk.begun(stack);
    Talk other = Talk.begun(stack);
    Frame frame = talk.alices().seal(Bytes.utf8("only once"));
    Replies.granted(talk.alices().submit(frame));
    List<String> before = state(talk);

    var again = Replies.refused(talk.alices().submit(frame), ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    JsonObject body = Channel.submission(frame);
    Http.Answer byBob = send(talk.bob(), talk.path() + "/frames", body);
    Http.Answer elsewhere = send(other.alice(), other.path() + "/frames", body);

    trail.failed(Replies.request(again), ErrorCode.A2A_FRAME_REPLAY_DETECTED, talk.alice().did());
    assertThat(byBob.code()).isEqualTo("A2A_MEMBER_NOT_ALLOWED");
    assertThat(elsewhere.code()).isEqualTo("A2A_SESSION_ID_MISMATCH");
    assertThat(state(talk)).isEqualTo(before);
    assertThat(frames(other)).isZero();
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void bob_cannot_put_words_into_alices_mouth() {
    Talk talk = Talk.begun(stack);
    JsonObject bobs = talk.bobs().seal(Bytes.utf8("as if Alice said it")).toJson();
    JsonObject underAlicesName =
        Json.createObjectBuilder(bobs).add("sender_id", talk.alice().did()).build();

    Http.Answer answer =
        send(
            talk.bob(),
            talk.path() + "/frames",
            Json.createObjectBuilder().add("frame", underAlicesName).build());

    assertThat(answer.code()).isEqualTo("A2A_MEMBER_NOT_ALLOWED");
    assertThat(frames(talk)).isZero();
  }

  private Reply<JsonObject> submit(Talk talk, long seq, int bytes, Instant made, Instant end) {
    RatchetMessage message = talk.alices().seal(Bytes.utf8("x")).message();
    RatchetMessage sized = new RatchetMessage(message.header(), Randomness.secure().bytes(bytes));
    return talk.alices()
        .submit(Frame.sign(talk.alice().signing(), talk.session(), seq, sized, made, end));
  }

  @Test
  void a_frame_of_one_mebibyte_passes_and_anything_larger_is_too_large() {
    Talk talk = Talk.begun(stack);
    Instant now = Notes.now();

    Replies.granted(submit(talk, 0, MEBIBYTE, now, now.plusSeconds(60)));
    JsonObject large =
        Json.createObjectBuilder(talk.alices().seal(Bytes.utf8("y")).toJson())
            .add("ciphertext_b64u", Base64Url.encode(Bytes.of(new byte[MEBIBYTE + 1])))
            .build();
    Http.Answer frame =
        send(
            talk.alice(),
            talk.path() + "/frames",
            Json.createObjectBuilder().add("frame", large).build());
    Http.Answer body =
        http.send(
            http.request("POST", talk.path() + "/frames")
                .json(" ".repeat(2 * MEBIBYTE))
                .signed(stack.baseUri(), talk.alice().signing(), Optional.empty()));

    assertThat(frame.status()).as(frame.text()).isEqualTo(413);
    assertThat(frame.code()).isEqualTo("A2A_FRAME_SIZE_EXCEEDED");
    assertThat(body.status()).isEqualTo(413);
    assertThat(body.code()).isEqualTo("BODY_TOO_LARGE");
    assertThat(frames(talk)).isEqualTo(1);
  }

  @Test
  void a_frame_from_too_far_ahead_and_one_that_is_over_are_refused() {
    Talk talk = Talk.begun(stack);
    Instant now = Notes.now();

    Replies.refused(
        submit(talk, 1024, 8, now, now.plusSeconds(60)), ErrorCode.A2A_FRAME_SEQUENCE_TOO_FAR);
    Replies.refused(
        submit(talk, 0, 8, now.minusSeconds(60), now.minusSeconds(1)), ErrorCode.A2A_FRAME_EXPIRED);
    assertThat(frames(talk)).isZero();
    Replies.granted(submit(talk, 1023, 8, now, now.plusSeconds(60)));
    assertThat(frames(talk)).isEqualTo(1);
  }

  @Test
  void a_session_takes_frames_only_between_its_acceptance_and_its_end() {
    Identity alice = Agents.registered(stack);
    Identity bob = Talk.withPrekeys(stack);
    Channel pending =
        Replies.value(stack.client().agent(alice).sessions().open(Did.parse(bob.did())));
    Replies.refused(pending.send(Bytes.utf8("too early")), ErrorCode.A2A_SESSION_STATE_INVALID);

    Talk talk = Talk.begun(stack);
    Replies.granted(talk.alices().send(Bytes.utf8("in time")));
    Replies.granted(stack.client().agent(talk.bob()).sessions().close(talk.session()));
    Replies.refused(
        talk.alices().send(Bytes.utf8("too late")), ErrorCode.A2A_SESSION_STATE_INVALID);

    assertThat(Replies.value(talk.bobs().receive())).hasSize(1);
    assertThat(frames(talk)).isEqualTo(1);
  }

  @Test
  void the_one_who_asked_cannot_accept_for_the_other() {
    Identity alice = Agents.registered(stack);
    Identity bob = Talk.withPrekeys(stack);
    Channel pending =
        Replies.value(stack.client().agent(alice).sessions().open(Did.parse(bob.did())));

    Http.Answer answer =
        send(alice, "/a2a/sessions/" + pending.session() + "/accept", JsonValue.EMPTY_JSON_OBJECT);

    assertThat(answer.code()).isEqualTo("A2A_MEMBER_NOT_ALLOWED");
    assertThat(stack.column("select state from a2a.session where id = '" + pending.session() + "'"))
        .containsExactly("pending");
  }

  @Test
  @Threat("T-METADATA-01")
  void a_cursor_is_good_for_its_own_reader_in_its_own_session_only() {
    Talk talk = Talk.begun(stack);
    Talk other = Talk.begun(stack);
    Replies.granted(talk.alices().send(Bytes.utf8("one")));
    String bobs = ask("GET", talk.bob(), talk.path() + "/frames").json().getString("next_cursor");

    assertThat(ask("GET", talk.bob(), talk.path() + "/frames?cursor=" + bobs).status())
        .isEqualTo(200);
    assertThat(ask("GET", talk.alice(), talk.path() + "/frames?cursor=" + bobs).code())
        .isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(ask("GET", other.bob(), other.path() + "/frames?cursor=" + bobs).code())
        .isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(ask("GET", talk.bob(), talk.path() + "/frames?cursor=AAAA").code())
        .isEqualTo("TALOS_INVALID_CURSOR");
  }

  @Test
  void a_reader_gets_the_others_frames_and_never_its_own() {
    Talk talk = Talk.begun(stack);
    Replies.granted(talk.alices().send(Bytes.utf8("from Alice")));

    assertThat(ask("GET", talk.alice(), talk.path() + "/frames").json().getJsonArray("frames"))
        .isEmpty();
    assertThat(ask("GET", talk.bob(), talk.path() + "/frames").json().getJsonArray("frames"))
        .hasSize(1);
  }
}
