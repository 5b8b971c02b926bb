package io.talos.contracts.registry;

import static io.talos.contracts.registry.MetaAllowList.APPLIED;
import static io.talos.contracts.registry.MetaAllowList.COUNT;
import static io.talos.contracts.registry.MetaAllowList.KEYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants a secret, a name or a heap of bytes of her choice to stay in the log for good. */
@Threat("T-METADATA-01")
class SmuggledMetaTest {
  private static final String REFUSED = "request.refused";
  private static final String STORED = "secret.stored";
  private static final String SURFACE = "secrets.put";
  private static final String SECRET = "tvk_c2VjcmV0LW9mLWFsaWNl";
  private static final String TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";

  private final MetaAllowList allowed = MetaAllowList.load();

  private static JsonObjectBuilder stored() {
    return Json.createObjectBuilder().add("version", 3).add("kek_id", "dev1");
  }

  private JsonObject admit(String kind, JsonObjectBuilder meta) {
    return allowed.admit(kind, SURFACE, meta.build());
  }

  private JsonObject refusedWith(String key, String value) {
    return admit(REFUSED, Json.createObjectBuilder().add(key, value));
  }

  @Test
  void what_is_listed_goes_through_as_it_is() {
    JsonObject meta = stored().build();

    assertThat(allowed.admit(STORED, SURFACE, meta)).isSameAs(meta);
  }

  @Test
  void a_secret_under_a_key_that_nobody_listed_is_left_out_and_the_event_says_so() {
    JsonObject kept = admit(STORED, stored().add("value", SECRET));

    assertThat(kept)
        .isEqualTo(stored().add(APPLIED, true).add(COUNT, 1).add(KEYS, "value").build());
  }

  @Test
  void a_key_of_another_kind_is_none_of_this_one() {
    JsonObject kept = admit(STORED, stored().add("actor_id", "did:key:x"));

    assertThat(kept.getString(KEYS)).isEqualTo("actor_id");
    assertThat(kept).doesNotContainKey("actor_id");
  }

  @Test
  void an_event_of_a_kind_that_nobody_listed_keeps_nothing() {
    JsonObject kept = admit("secret.shown", stored());

    assertThat(kept)
        .isEqualTo(
            Json.createObjectBuilder()
                .add(APPLIED, true)
                .add(COUNT, 2)
                .add(KEYS, "kek_id, version")
                .build());
  }

  @Test
  void a_key_that_belongs_to_another_surface_is_left_out() {
    JsonObject meta = Json.createObjectBuilder().add("tool", "read").build();

    assertThat(allowed.admit("request.admitted", "gateway.mcp.send", meta)).isSameAs(meta);
    assertThat(allowed.admit("request.admitted", SURFACE, meta).getString(KEYS)).isEqualTo("tool");
    assertThat(allowed.admit("request.admitted", "", meta)).doesNotContainKey("tool");
  }

  @Test
  void a_list_an_object_a_null_and_a_fraction_are_left_out_under_a_listed_key_too() {
    JsonValue[] values = {
      Json.createArrayBuilder().add(SECRET).build(),
      Json.createObjectBuilder().add("a", SECRET).build(),
      JsonValue.NULL,
      JsonValue.TRUE,
      Json.createValue("3"),
      Json.createValue(-1),
      Json.createValue(Limits.INTEGER_MAX + 1),
      Json.createValue(new BigDecimal("0.5")),
      Json.createValue(new BigDecimal("1e400"))
    };

    for (JsonValue value : values) {
      JsonObject kept = admit(STORED, stored().add("version", value));

      assertThat(kept).as(value.toString()).doesNotContainKey("version");
      assertThat(kept.getString(KEYS)).isEqualTo("version");
      assertThat(kept.getString("kek_id")).isEqualTo("dev1");
    }
    assertThat(admit(STORED, stored().add("version", Limits.INTEGER_MAX))).hasSize(2);
  }

  @Test
  void a_text_that_is_too_long_is_left_out_whole_because_half_a_secret_is_one() {
    String longest = "a".repeat(AuditEvent.META_CHARACTERS_MAX);

    assertThat(refusedWith("matched_roles", longest)).containsKey("matched_roles");
    JsonObject kept = refusedWith("matched_roles", longest + "a");

    assertThat(kept.keySet()).containsExactlyInAnyOrder(APPLIED, COUNT, KEYS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\u0000", "\u001b[2K", "\u202e", "\u2028", "é", "\ud800", " "})
  void no_control_character_and_no_other_script_comes_with_a_value(String smuggled) {
    assertThat(refusedWith("role", "agent")).hasSize(1);
    for (String value :
        new String[] {smuggled + "agent", "ag" + smuggled + "ent", "agent" + smuggled}) {
      assertThat(refusedWith("role", value)).doesNotContainKey("role");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        SECRET,
        TOKEN,
        "alice@example.org",
        "operator:alice@example.org",
        "did:web:alice.example",
        "did:key:z6MkAlice",
        "-----BEGIN PRIVATE KEY-----"
      })
  void whoever_calls_itself_a_secret_or_a_person_is_not_quoted(String keyId) {
    JsonObject kept = refusedWith("unverified_key_id", keyId);

    assertThat(kept.toString()).doesNotContain(keyId);
    assertThat(kept.getString(KEYS)).isEqualTo("unverified_key_id");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scope_session_id", "scope_group_id", "scope_key_id", "scope_hash", "scope_did"})
  void what_mallory_writes_into_a_path_is_told_only_when_it_has_the_form_of_an_id(String key) {
    for (String value : new String[] {SECRET, TOKEN, "alice@example.org", "..%2f", ""}) {
      assertThat(refusedWith(key, value)).doesNotContainKey(key);
    }
  }

  @Test
  void who_asks_for_a_secret_by_its_value_is_not_quoted() {
    assertThat(refusedWith("scope_name", "notes.token-1")).hasSize(1);
    for (String value : new String[] {SECRET, TOKEN, "alice@example.org"}) {
      assertThat(refusedWith("scope_name", value)).doesNotContainKey("scope_name");
      assertThat(refusedWith("scope_server", value)).doesNotContainKey("scope_server");
    }
  }

  @Test
  void names_are_told_only_when_nobody_could_have_chosen_them_to_say_something() {
    JsonObjectBuilder meta =
        Json.createObjectBuilder()
            .add("bearer", SECRET)
            .add(SECRET, 1)
            .add("f3a1c0de", 1)
            .add("Authorization", 1)
            .add("line\nbreak", 1)
            .add("a".repeat(10_000), 1)
            .add("a".repeat(41), 1)
            .add("", 1)
            .add("response_sha256", 1);

    JsonObject kept = admit(STORED, meta);

    assertThat(kept.getInt(COUNT)).isEqualTo(9);
    // A digit is fine where the registry has the name itself.
    assertThat(kept.getString(KEYS)).isEqualTo("bearer, response_sha256");
  }

  @Test
  void where_no_name_can_be_told_the_number_still_is() {
    JsonObject kept = admit(STORED, Json.createObjectBuilder().add("x".repeat(10_000), SECRET));

    assertThat(kept).isEqualTo(Json.createObjectBuilder().add(APPLIED, true).add(COUNT, 1).build());
  }

  @Test
  void a_thousand_names_are_eight_and_a_number_whatever_their_order() {
    JsonObjectBuilder up = Json.createObjectBuilder();
    JsonObjectBuilder down = Json.createObjectBuilder();
    IntStream.range(0, 1000).forEach(i -> up.add(word(i), i));
    IntStream.range(0, 1000).forEach(i -> down.add(word(999 - i), i));

    JsonObject kept = admit(STORED, up);

    assertThat(kept.getInt(COUNT)).isEqualTo(1000);
    assertThat(kept.getString(KEYS).split(", ")).hasSize(MetaAllowList.NAMES_MAX);
    assertThat(kept.getString(KEYS)).startsWith("aaa, aab, aac");
    assertThat(admit(STORED, down)).isEqualTo(kept);
  }

  private static String word(int number) {
    return ""
        + (char) ('a' + number / 676)
        + (char) ('a' + number / 26 % 26)
        + (char) ('a' + number % 26);
  }

  @Test
  void nobody_writes_the_markers_but_the_one_who_leaves_something_out() {
    JsonObject kept =
        admit(STORED, stored().add(APPLIED, false).add(COUNT, 0).add(KEYS, "nothing"));

    assertThat(kept)
        .isEqualTo(
            stored()
                .add(APPLIED, true)
                .add(COUNT, 3)
                .add(KEYS, "meta_redacted_count, meta_redacted_keys, meta_redaction_applied")
                .build());
  }

  @Test
  void more_members_than_an_event_holds_leave_room_for_the_markers() {
    MetaAllowList roomy =
        MetaAllowList.of(parsed(registry("n_*\", \"numbers\": 16, \"about\": \"")));
    JsonObjectBuilder all = Json.createObjectBuilder();
    IntStream.range(0, 16).forEach(i -> all.add("n_" + i, i));
    IntStream.range(0, 16).forEach(i -> all.add("m_" + i, i));

    JsonObject kept = roomy.admit("note.written", "", all.build());

    assertThat(kept.size()).isLessThanOrEqualTo(AuditEvent.META_MAX);
    assertThat(kept).hasSize(AuditEvent.META_MAX);
    assertThat(kept.getInt(COUNT)).isEqualTo(32 - MetaAllowList.MEMBERS_MAX);
  }

  @Test
  void a_registry_that_would_let_anything_through_is_refused() {
    Stream.of(
            registry("meta_redacted_keys"),
            registry("Upper"),
            registry("n_*"),
            registry("m_*"),
            registry("twice\", \"type\": \"number\"}, {\"key\": \"twice"),
            registry("n").replace("1024", "1025"),
            registry("n").replace("\"type\": \"number\"}", "\"type\": \"any\"}"),
            registry("n").replace("\"json\": \"integer\"", "\"json\": \"object\""),
            registry("n").replace("note.written", "note"))
        .forEach(
            text ->
                assertThatThrownBy(() -> MetaAllowList.of(parsed(text)))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class));
    assertThat(MetaAllowList.of(parsed(registry("n"))).kinds()).containsExactly("note.written");
  }

  private static JsonObject parsed(String json) {
    return StrictJson.parseObject(Bytes.utf8(json), new Limits(1 << 16, 8, 1000));
  }

  private static String registry(String key) {
    return """
    {"types": [{"type": "number", "json": "integer", "about": "a"},
               {"type": "text", "json": "string", "pattern": "[a-z]+", "characters_max": 1024, "about": "a"}],
     "kinds": [{"kind": "note.written", "about": "a", "meta": [
               {"key": "m_*", "numbers": 16, "type": "number", "about": "a"},
               {"key": "%s", "type": "number"}]}]}
    """
        .formatted(key);
  }
}
