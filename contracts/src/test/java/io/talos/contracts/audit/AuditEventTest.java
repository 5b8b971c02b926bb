package io.talos.contracts.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An event says who did what, and nothing that must be erasable. */
class AuditEventTest {
  private static final UuidV7 ID = new UuidV7("019a0000-0000-7000-8000-000000000001");
  private static final UuidV7 ADMISSION = new UuidV7("019a0000-0000-7000-8000-000000000002");
  private static final UuidV7 REQUEST = new UuidV7("019a0000-0000-7000-8000-000000000003");
  private static final AuditEvent.Place PLACE =
      new AuditEvent.Place(ID, Instant.parse("2026-11-21T10:00:00.1239Z"), "node-1/3", 41);

  private final Randomness randomness = Randomness.secure();
  private final SchemaLibrary schemas = new SchemaLibrary();

  private static RequestContext context(Principal principal) {
    return new RequestContext(
            REQUEST,
            Optional.empty(),
            "identity.keys.create",
            "POST",
            "/identity/keys",
            "192.0.2.7",
            principal)
        .admitted(ADMISSION);
  }

  private static Principal operator() {
    return new Principal(
        PrincipalKind.OPERATOR, "operator:carol@example.com", Set.of("operator"), AuthMode.BEARER);
  }

  private static AuditFacts act(JsonObject meta) {
    return AuditFacts.act("key.created", new AuditFacts.Resource("key", "k1"), meta);
  }

  private AuditEvent event(AuditFacts facts, Optional<RequestContext> request) {
    AuditEvent event = AuditEvent.of(facts, request, PLACE, randomness);
    assertThat(schemas.violations("audit/audit_event.v2", event.json())).isEmpty();
    assertThat(AuditEvent.hashOf(event.json())).isEqualTo(event.hash());
    return event;
  }

  private static Opening opening(AuditEvent event, String name) {
    return Optional.ofNullable(event.openings().get(name)).orElseThrow();
  }

  @Test
  void an_operators_subject_and_address_stand_only_in_the_openings() {
    AuditEvent event =
        event(
            act(JsonValue.EMPTY_JSON_OBJECT).withPersonal(Map.of("display_name", "Carol Doe")),
            Optional.of(context(operator())));

    assertThat(event.canonical()).doesNotContain("carol", "Carol", "192.0.2.7");
    assertThat(event.openings().keySet())
        .containsExactly("client_address", "display_name", "operator_subject");
    assertThat(opening(event, "operator_subject").value()).isEqualTo("carol@example.com");
    assertThat(event.json().getJsonObject("principal").containsKey("id")).isFalse();
  }

  @Test
  void erasing_every_opening_leaves_the_event_and_its_hash_as_they_are() {
    AuditEvent event = event(act(JsonValue.EMPTY_JSON_OBJECT), Optional.of(context(operator())));
    AuditEvent erased = new AuditEvent(event.json(), new TreeMap<>(), Optional.empty());

    assertThat(AuditEvent.hashOf(erased.json())).isEqualTo(event.hash());
    assertThat(erased.canonical()).isEqualTo(event.canonical());
  }

  @Test
  void a_commitment_is_opened_by_its_value_and_salt_and_by_nothing_else() {
    AuditEvent event = event(act(JsonValue.EMPTY_JSON_OBJECT), Optional.of(context(operator())));
    Opening opening = opening(event, "client_address");
    String commitment = event.json().getJsonObject("commitments").getString("client_address");

    assertThat(Sha256.hex(opening.salt(), Bytes.utf8("192.0.2.7"))).isEqualTo(commitment);
    assertThat(new Opening("192.0.2.8", opening.salt()).commitment().hex())
        .isNotEqualTo(commitment);
  }

  @Test
  void the_same_address_commits_to_something_else_every_time() {
    AuditFacts facts = act(JsonValue.EMPTY_JSON_OBJECT);
    Optional<RequestContext> request = Optional.of(context(operator()));

    assertThat(event(facts, request).json().get("commitments"))
        .isNotEqualTo(event(facts, request).json().get("commitments"));
  }

  @Test
  void an_act_points_to_its_admission_and_an_admission_is_it() {
    Evidence evidence =
        new Evidence(new Proof.Bearer("key-7"), Optional.empty(), Optional.of(Sha256.of()));
    AuditFacts admission =
        new AuditFacts(
            "request.admitted",
            EventPhase.ADMISSION,
            EventResult.SUCCESS,
            Optional.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            JsonValue.EMPTY_JSON_OBJECT,
            Map.of(),
            Optional.of(evidence));
    Principal client =
        new Principal(PrincipalKind.CLIENT, "key:" + ID, Set.of("client"), AuthMode.BEARER);

    JsonObject admitted = event(admission, Optional.of(context(client))).json();
    JsonObject acted = event(act(JsonValue.EMPTY_JSON_OBJECT), Optional.of(context(client))).json();

    assertThat(admitted.containsKey("admission_id")).isFalse();
    assertThat(admitted.getJsonObject("evidence").getString("mode")).isEqualTo("bearer");
    assertThat(acted.getString("admission_id")).isEqualTo(ADMISSION.text());
    assertThat(acted.getJsonObject("principal").getString("id")).isEqualTo("key:" + ID);
  }

  @Test
  void without_a_request_it_was_talos_itself() {
    JsonObject event = event(act(JsonValue.EMPTY_JSON_OBJECT), Optional.empty()).json();

    assertThat(event.getJsonObject("principal").getString("kind")).isEqualTo("system");
    assertThat(event.getString("ts")).isEqualTo("2026-11-21T10:00:00.123Z");
    assertThat(event).doesNotContainKeys("request_id", "http", "admission_id", "surface_id");
  }

  @Test
  void a_refusal_of_mallory_carries_its_code_and_no_method_of_her_own_making() {
    AuditFacts refusal =
        new AuditFacts(
            "request.refused",
            EventPhase.REFUSAL,
            EventResult.DENIED,
            Optional.of(ErrorCode.RATE_LIMITED),
            OptionalInt.of(429),
            Optional.empty(),
            Json.createObjectBuilder().add("folded", 3).build(),
            Map.of(),
            Optional.empty());
    RequestContext stranger =
        new RequestContext(
            REQUEST,
            Optional.empty(),
            "unrouted",
            "M'ALLORY",
            "*",
            "198.51.100.9",
            Principal.anonymous());

    JsonObject event = event(refusal, Optional.of(stranger)).json();

    assertThat(event.getString("code")).isEqualTo("RATE_LIMITED");
    assertThat(event.getJsonObject("http").getString("method")).isEqualTo("OTHER");
    assertThat(event.getJsonObject("http").getInt("status")).isEqualTo(429);
  }

  @Test
  void meta_with_null_or_a_fraction_is_refused_because_it_could_be_hashed_two_ways() {
    JsonObject withNull = Json.createObjectBuilder().addNull("a").build();
    JsonObject withFraction = Json.createObjectBuilder().add("a", 0.5).build();
    JsonObject tooLarge = Json.createObjectBuilder().add("a", 1L << 53).build();
    JsonObject largest = Json.createObjectBuilder().add("a", (1L << 53) - 1).build();

    assertThat(event(act(largest), Optional.empty()).json().getJsonObject("meta"))
        .isEqualTo(largest);
    for (JsonObject meta : new JsonObject[] {withNull, withFraction, tooLarge}) {
      assertThatThrownBy(() -> AuditEvent.of(act(meta), Optional.empty(), PLACE, randomness))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void a_cursor_has_one_text_and_a_bent_one_is_refused() {
    UuidV7 id = new UuidV7("0190a5e0-7c3a-7000-8000-000000000001");
    EventCursor cursor = new EventCursor(id);

    assertThat(EventCursor.parse(cursor.text())).isEqualTo(cursor);
    for (String bent : new String[] {"", "x", cursor.text() + "A", "MTcwMzcyMTYwMDo", "===="}) {
      assertThatThrownBy(() -> EventCursor.parse(bent))
          .isInstanceOfSatisfying(
              TalosException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR));
    }
  }
}
