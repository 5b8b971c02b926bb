package io.talos.contracts.interop;

import static io.talos.contracts.interop.V1Cast.ALICE;
import static io.talos.contracts.interop.V1Cast.MALLORY;
import static io.talos.contracts.interop.V1Cast.NOW;
import static io.talos.contracts.interop.V1Cast.followUp;
import static io.talos.contracts.interop.V1Cast.frame;
import static io.talos.contracts.interop.V1Cast.hash;
import static io.talos.contracts.interop.V1Cast.signed;
import static io.talos.contracts.interop.V1Cast.text;
import static io.talos.contracts.interop.V1Cast.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory wants a 1.x session to accept what its capability was not shown for. */
@Threat("T-REPLAY-01")
@Threat("T-CAPABILITYABUSE-01")
class StolenSessionTest {
  private static final String ACCEPTED = "ACCEPTED";

  private final Set<String> revoked = new HashSet<>();
  private final V1McpReceiver receiver = new V1McpReceiver();
  private final JsonObject capability = signed(token(), ALICE);

  @Test
  void a_second_frame_may_name_the_capability_that_the_first_has_shown() {
    assertThat(receive(signed(frame(ALICE, capability), ALICE))).isEqualTo(ACCEPTED);

    assertThat(receive(signed(next("call-2"), ALICE))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_frame_that_is_sent_twice_is_refused_the_second_time_and_the_next_is_taken() {
    JsonObject first = signed(frame(ALICE, capability), ALICE);
    assertThat(receive(first)).isEqualTo(ACCEPTED);

    assertThat(receive(first)).isEqualTo(ErrorCode.REPLAY_DETECTED.name());
    assertThat(receive(signed(next("call-2"), ALICE))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_guessed_session_id_inherits_nothing() {
    assertThat(receive(signed(frame(ALICE, capability), ALICE))).isEqualTo(ACCEPTED);

    JsonObject guessed =
        signed(followUp(MALLORY, hash(capability)).add("correlation_id", "call-2"), MALLORY);

    assertThat(receive(guessed)).isEqualTo(ErrorCode.CAPABILITY_MISSING.name());
  }

  @Test
  void a_frame_in_alices_name_signed_by_mallory_is_refused() {
    assertThat(receive(signed(frame(ALICE, capability), MALLORY)))
        .isEqualTo(ErrorCode.CAPABILITY_SIGNATURE_INVALID.name());
  }

  @Test
  void a_refused_frame_leaves_nothing_behind() {
    JsonObject elsewhere = signed(frame(ALICE, capability).add("tool", "tools/delete"), ALICE);
    assertThat(receive(elsewhere)).isEqualTo(ErrorCode.CAPABILITY_SCOPE_MISMATCH.name());

    assertThat(receive(signed(next("call-2"), ALICE)))
        .isEqualTo(ErrorCode.CAPABILITY_MISSING.name());
    assertThat(receive(signed(frame(ALICE, capability), ALICE))).isEqualTo(ACCEPTED);
  }

  @Test
  void a_capability_revoked_after_it_was_shown_is_refused_on_the_next_frame() {
    assertThat(receive(signed(frame(ALICE, capability), ALICE))).isEqualTo(ACCEPTED);
    revoked.add(hash(capability));

    assertThat(receive(signed(next("call-2"), ALICE)))
        .isEqualTo(ErrorCode.CAPABILITY_REVOKED.name());
  }

  @Test
  void a_capability_that_expired_after_it_was_shown_is_refused_on_the_next_frame() {
    assertThat(receive(signed(frame(ALICE, capability), ALICE))).isEqualTo(ACCEPTED);

    Instant later = NOW.plusSeconds(3600 + 61);

    assertThat(receive(signed(next("call-2"), ALICE), Optional.empty(), later))
        .isEqualTo(ErrorCode.CAPABILITY_EXPIRED.name());
  }

  @Test
  void a_frame_that_names_another_capability_than_it_shows_is_refused() {
    JsonObject mixed =
        signed(frame(ALICE, capability).add("capability_hash", "11".repeat(32)), ALICE);

    assertThat(receive(mixed)).isEqualTo(ErrorCode.CAPABILITY_SIGNATURE_INVALID.name());
  }

  @Test
  void a_constraint_that_names_another_call_is_refused() {
    JsonObject constrained =
        signed(
            token()
                .add(
                    "constraints",
                    Json.createObjectBuilder().add("tool", "weather").add("method", "set")),
            ALICE);

    assertThat(receive(signed(frame(ALICE, constrained), ALICE)))
        .isEqualTo(ErrorCode.CAPABILITY_SCOPE_MISMATCH.name());
  }

  @Test
  void a_request_that_was_exchanged_does_not_fit_the_frame() {
    JsonObject request = Json.createObjectBuilder().add("id", 1).build();
    JsonObject bound = signed(frame(ALICE, capability).add("request_hash", hash(request)), ALICE);

    assertThat(receive(bound, Optional.of(Bytes.utf8("{\"id\":2}")), NOW))
        .isEqualTo(ErrorCode.TALOS_FRAME_INVALID.name());
    assertThat(receive(bound, Optional.of(Bytes.utf8("{\"id\":1,\"id\":1}")), NOW))
        .isEqualTo(ErrorCode.TALOS_FRAME_INVALID.name());
    assertThat(receive(bound, Optional.of(Bytes.utf8("{ \"id\" : 1 }")), NOW)).isEqualTo(ACCEPTED);
  }

  @Test
  void an_unknown_or_missing_member_is_refused_before_any_signature_is_looked_at() {
    String invalid = ErrorCode.TALOS_FRAME_INVALID.name();

    assertThat(receive(signed(frame(ALICE, capability).add("admin", true), MALLORY)))
        .isEqualTo(invalid);
    assertThat(receive(signed(frame(ALICE, capability).remove("tool"), MALLORY)))
        .isEqualTo(invalid);
    assertThat(receive(signed(frame(ALICE, capability).add("type", "MCP_ERROR"), ALICE)))
        .isEqualTo(invalid);
    assertThat(receive(signed(frame(ALICE, capability).add("protocol_version", "2"), ALICE)))
        .isEqualTo(invalid);
    assertThat(receive(signed(frame(ALICE, capability).add("capability", JsonValue.NULL), ALICE)))
        .isEqualTo(invalid);
    assertThat(receive(signed(frame(ALICE, capability).add("issued_at", "1"), ALICE)))
        .isEqualTo(invalid);
  }

  @Test
  void what_was_forgotten_when_the_memory_was_full_cannot_be_sent_again() {
    JsonObject first = response("session-0", "call-1", NOW);
    assertThat(receive(first)).isEqualTo(ACCEPTED);
    for (int i = 1; i < Limits.SESSIONS_MAX; i++) {
      assertThat(receive(response("session-" + i, "call-1", NOW))).isEqualTo(ACCEPTED);
    }

    Instant later = NOW.plusSeconds(1);
    assertThat(receive(response("one-more", "call-1", later), Optional.empty(), later))
        .isEqualTo(ACCEPTED);

    assertThat(receive(first, Optional.empty(), later)).isEqualTo(ErrorCode.REPLAY_DETECTED.name());
  }

  @Test
  void a_frame_from_the_future_is_refused_and_the_bound_itself_is_good() {
    assertThat(receive(response("a", "call-1", NOW.plusSeconds(60)))).isEqualTo(ACCEPTED);
    assertThat(receive(response("b", "call-1", NOW.plusSeconds(61))))
        .isEqualTo(ErrorCode.TALOS_FRAME_INVALID.name());
  }

  private static JsonObject response(String session, String correlationId, Instant issuedAt) {
    return signed(
        Json.createObjectBuilder()
            .add("type", "MCP_RESPONSE")
            .add("protocol_version", "1")
            .add("session_id", session)
            .add("correlation_id", correlationId)
            .add("peer_id", Did.ofKey(ALICE.publicKey()).text())
            .add("issued_at", issuedAt.getEpochSecond())
            .add("tool", "tools/read")
            .add("method", "read")
            .add("response_hash", "11".repeat(32))
            .add("result_code", "OK"),
        ALICE);
  }

  @Test
  void a_session_takes_a_bounded_number_of_capabilities() {
    for (int i = 0; i < Limits.CAPABILITIES_PER_SESSION_MAX; i++) {
      assertThat(receive(withCapability(i))).isEqualTo(ACCEPTED);
    }

    assertThat(receive(withCapability(Limits.CAPABILITIES_PER_SESSION_MAX)))
        .isEqualTo(ErrorCode.RATE_LIMITED.name());
  }

  private static JsonObject withCapability(int number) {
    JsonObject another = signed(token().add("sub", "did:talos:bob" + number), ALICE);
    return signed(frame(ALICE, another).add("correlation_id", "call-" + number), ALICE);
  }

  private JsonObjectBuilder next(String correlationId) {
    return followUp(ALICE, hash(capability)).add("correlation_id", correlationId);
  }

  private String receive(JsonObject frame) {
    return receive(frame, Optional.empty(), NOW);
  }

  private String receive(JsonObject frame, Optional<Bytes> bound, Instant now) {
    return receiver
        .receive(text(frame), bound, Optional.empty(), now, revoked::contains)
        .match(accepted -> ACCEPTED, refused -> refused.code().name());
  }
}
