package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.FrameDigest;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The server, or who reads its database, changes what happened in a session or looks into it. */
@OnTheStack
class SessionHistoryIT {
  private final Stack stack;
  private final Http http;
  private final Trail trail;

  SessionHistoryIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.trail = new Trail(stack);
  }

  private Http.Answer get(Identity agent, String path) {
    return http.send(
        http.request("GET", path).signed(stack.baseUri(), agent.signing(), Optional.empty()));
  }

  private Http.Answer rotate(Talk talk, Identity agent, String text, long counter) {
    Bytes blob = Bytes.utf8(text);
    JsonObject body =
        Json.createObjectBuilder()
            .add("ratchet_state_blob_b64u", Base64Url.encode(blob))
            .add("ratchet_state_digest", Sha256.hex(blob))
            .add("ratchet_state_counter", counter)
            .build();
    return http.send(
        http.request("POST", talk.path() + "/rotate")
            .json(body.toString())
            .signed(stack.baseUri(), agent.signing(), Optional.empty()));
  }

  private static List<JsonObject> objects(Http.Answer answer, String member) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().getJsonArray(member).stream().map(JsonValue::asJsonObject).toList();
  }

  @Test
  @Threat("T-AUDITTAMPERING-01")
  void a_rolled_back_state_contradicts_the_history_and_the_audit_log() {
    Talk talk = Talk.begun(stack);
    assertThat(rotate(talk, talk.alice(), "first state", 1).status()).isEqualTo(200);
    Http.Answer rotated = rotate(talk, talk.alice(), "second state", 2);
    assertThat(rotated.status()).as(rotated.text()).isEqualTo(200);

    Http.Answer stale = rotate(talk, talk.alice(), "first state", 2);

    assertThat(stale.code()).isEqualTo("A2A_PARKED_STATE_STALE");
    trail.failed(Replies.request(stale), ErrorCode.A2A_PARKED_STATE_STALE, talk.alice().did());
    JsonObject session = get(talk.alice(), talk.path()).json();
    assertThat(session.getString("ratchet_state_blob_b64u"))
        .isEqualTo(Base64Url.encode(Bytes.utf8("second state")));
    assertThat(session.getInt("ratchet_state_counter")).isEqualTo(2);
    assertThat(get(talk.bob(), talk.path()).json()).doesNotContainKey("ratchet_state_blob_b64u");

    List<JsonObject> events = objects(get(talk.bob(), talk.path() + "/events"), "events");
    assertThat(events).hasSize(4);
    String previous = null;
    for (JsonObject event : events) {
      JsonObjectBuilder hashed = Json.createObjectBuilder(event).remove("event_digest");
      assertThat(FrameDigest.ofEvent(hashed.build())).isEqualTo(event.getString("event_digest"));
      assertThat(event.getString("previous_digest", null)).isEqualTo(previous);
      previous = event.getString("event_digest");
    }
    assertThat(session.getString("event_digest")).isEqualTo(previous);
    JsonObject last = events.get(3).getJsonObject("data");
    assertThat(last.getInt("ratchet_state_counter")).isEqualTo(2);
    assertThat(last.getString("ratchet_state_digest"))
        .isEqualTo(Sha256.hex(Bytes.utf8("second state")));
    JsonObject audited = trail.one(Replies.request(rotated), "session.rotated");
    assertThat(audited.toString()).contains(last.getString("ratchet_state_digest"), previous);
    assertThat(objects(get(talk.bob(), talk.path() + "/events?from=3&limit=1"), "events"))
        .containsExactly(events.get(3));
  }

  @Test
  @Threat("T-METADATA-01")
  void bob_finds_what_waits_for_him_and_mallory_finds_nothing_of_it() {
    Identity alice = Agents.registered(stack);
    Identity bob = Talk.withPrekeys(stack);
    var channel =
        Replies.value(
            stack
                .client()
                .agent(alice)
                .sessions()
                .open(io.talos.contracts.did.Did.parse(bob.did())));
    Identity mallory = Agents.registered(stack);

    List<JsonObject> pending = objects(get(bob, "/a2a/sessions?state=pending"), "sessions");

    assertThat(pending).hasSize(1);
    assertThat(pending.get(0).getString("session_id")).isEqualTo(channel.session().text());
    assertThat(pending.get(0)).containsKey("initial_message");
    assertThat(objects(get(bob, "/a2a/sessions?state=active"), "sessions")).isEmpty();
    assertThat(objects(get(mallory, "/a2a/sessions"), "sessions")).isEmpty();
    Http.Answer real = get(mallory, "/a2a/sessions/" + channel.session() + "/events");
    Http.Answer made = get(mallory, "/a2a/sessions/" + Notes.freshId() + "/events");
    assertThat(real.code()).isEqualTo("A2A_SESSION_NOT_FOUND");
    assertThat(real.text()).isEqualTo(made.text());
    for (String query : List.of("?state=other", "?limit=0", "?limit=101", "?limit=01")) {
      assertThat(get(bob, "/a2a/sessions" + query).code()).isEqualTo("TALOS_INVALID_INPUT");
    }
    assertThat(get(bob, "/a2a/sessions?cursor=AAAA").code()).isEqualTo("TALOS_INVALID_CURSOR");
  }

  @Test
  void a_session_that_was_over_for_long_loses_its_states_and_keeps_its_history() {
    Talk talk = Talk.begun(stack);
    assertThat(rotate(talk, talk.alice(), "last state", 1).status()).isEqualTo(200);
    Http.Answer closed =
        http.send(
            http.request("DELETE", talk.path())
                .signed(stack.baseUri(), talk.bob().signing(), Optional.empty()));
    assertThat(closed.status()).as(closed.text()).isEqualTo(200);

    stack.column(
        "update a2a.session set ended_at = ended_at - interval '8 days' where id = '"
            + talk.session()
            + "' returning id");

    Patiently.until(
        "it is swept", () -> !get(talk.alice(), talk.path()).json().containsKey("initial_message"));
    JsonObject session = get(talk.alice(), talk.path()).json();
    assertThat(session).doesNotContainKey("ratchet_state_blob_b64u");
    assertThat(objects(get(talk.alice(), talk.path() + "/events"), "events")).hasSize(4);
  }

  @Test
  @Threat("T-METADATA-01")
  void neither_header_nor_ciphertext_nor_text_of_a_frame_is_in_the_audit_log_or_the_servers_logs()
      throws IOException {
    Talk talk = Talk.begun(stack);
    Bytes text = Bytes.utf8("a secret of Alice and Bob, long enough to be found");
    Frame frame = talk.alices().seal(text);
    Replies.granted(talk.alices().submit(frame));
    Replies.refused(talk.alices().submit(frame), ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    assertThat(Inbox.of(stack, talk.bob()).page(Optional.empty()).items()).hasSize(1);

    List<String> words = new ArrayList<>(List.of(text.utf8()));
    for (Bytes bytes : List.of(text, frame.content().header(), frame.content().ciphertext())) {
      words.add(bytes.slice(0, 24).hex());
      words.add(Base64Url.encode(bytes.slice(0, 24)));
    }

    List<String> columns =
        stack.column(
            "select format('select count(*) from %I.%I where position(%%L in %I::text) > 0',"
                + " table_schema, table_name, column_name) from information_schema.columns"
                + " join information_schema.tables using (table_schema, table_name)"
                + " where table_type = 'BASE TABLE' and table_schema = 'audit'"
                + " and data_type in ('text', 'bytea', 'jsonb', 'json', 'character varying')");
    assertThat(columns).hasSizeGreaterThan(10);
    for (String word : words) {
      for (String column : columns) {
        assertThat(stack.count(column.replace("%L", "'" + word.replace("'", "''") + "'")))
            .as(column + " " + word)
            .isZero();
      }
    }
    // The search finds what is there: the digest that the audit log is to hold.
    String digest = frame.content().frameDigest();
    assertThat(columns)
        .anyMatch(column -> stack.count(column.replace("%L", "'" + digest + "'")) > 0);
    assertThat(logs()).noneMatch(log -> words.stream().anyMatch(log::contains));
  }

  private List<String> logs() throws IOException {
    List<String> texts = new ArrayList<>();
    texts.add(
        Files.readString(stack.launcher().liberty().consoleLog(), StandardCharsets.ISO_8859_1));
    try (Stream<Path> files = Files.walk(stack.launcher().liberty().logFolder())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return texts;
  }
}
