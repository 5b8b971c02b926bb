package io.talos.contracts.interop;

import static io.talos.contracts.interop.V1Cast.ALICE;
import static io.talos.contracts.interop.V1Cast.MALLORY;
import static io.talos.contracts.interop.V1Cast.NOW;
import static io.talos.contracts.interop.V1Cast.signed;
import static io.talos.contracts.interop.V1Cast.text;
import static io.talos.contracts.interop.V1Cast.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory wants a 1.x token to say more, or for longer, than Alice signed. */
@Threat("T-CAPABILITYABUSE-01")
class ForgedTokenTest {
  private static final String ACCEPTED = "ACCEPTED";
  private static final String INVALID = ErrorCode.CAPABILITY_SIGNATURE_INVALID.name();

  @Test
  void every_changed_member_is_noticed() {
    JsonObject good = signed(token(), ALICE);

    assertThat(verify(good, NOW)).isEqualTo(ACCEPTED);
    for (String member : good.keySet()) {
      JsonObject forged = Json.createObjectBuilder(good).add(member, changed(good, member)).build();
      assertThat(verify(forged, NOW)).as(member).isEqualTo(INVALID);
    }
    assertThat(verify(signed(token(), MALLORY), NOW)).isEqualTo(INVALID);
  }

  private static JsonValue changed(JsonObject token, String member) {
    return token.get(member) instanceof JsonNumber number
        ? Json.createValue(number.longValueExact() + 1)
        : Json.createValue(token.getString(member) + "A");
  }

  @Test
  void a_token_holds_until_the_skew_after_its_expiry_is_over() {
    JsonObject good = signed(token(), ALICE);
    Instant expiry = NOW.plusSeconds(3600);

    assertThat(verify(good, expiry.plusSeconds(60))).isEqualTo(ACCEPTED);
    assertThat(verify(good, expiry.plusSeconds(61))).isEqualTo(ErrorCode.CAPABILITY_EXPIRED.name());
    assertThat(verify(good, NOW.minusSeconds(60))).isEqualTo(ACCEPTED);
    assertThat(verify(good, NOW.minusSeconds(61)))
        .isEqualTo(ErrorCode.CAPABILITY_NOT_YET_VALID.name());
  }

  @Test
  void the_signature_is_looked_at_before_anything_that_the_token_says() {
    JsonObject expired = signed(token().add("exp", 1), MALLORY);

    assertThat(verify(expired, NOW)).isEqualTo(INVALID);
  }

  @Test
  void a_delegated_token_is_refused_because_its_parents_are_not_shown() {
    JsonObject delegated =
        signed(token().add("delegation_chain", Json.createArrayBuilder().add("cap_1")), ALICE);
    JsonObject own = signed(token().add("delegation_chain", JsonValue.EMPTY_JSON_ARRAY), ALICE);

    assertThat(verify(delegated, NOW)).isEqualTo(ErrorCode.CAPABILITY_DELEGATION_INVALID.name());
    assertThat(verify(own, NOW)).isEqualTo(ACCEPTED);
  }

  @Test
  void a_token_that_two_readers_could_read_differently_is_refused() {
    String good = signed(token(), ALICE).toString();

    assertThat(verify(Bytes.utf8(good.replaceFirst("\\{", "{\"scope\":\"all\",")), NOW))
        .isEqualTo(INVALID);
    assertThat(verify(signed(token().add("admin", true), ALICE), NOW)).isEqualTo(INVALID);
    assertThat(verify(signed(token().add("v", "2"), ALICE), NOW)).isEqualTo(INVALID);
    assertThat(verify(signed(token().add("exp", Long.MAX_VALUE), ALICE), NOW)).isEqualTo(INVALID);
    assertThat(verify(signed(token().add("exp", -1), ALICE), NOW)).isEqualTo(INVALID);
    assertThat(verify(signed(token().addNull("constraints"), ALICE), NOW)).isEqualTo(INVALID);
    assertThat(verify(signed(token().add("scope", "x".repeat(2_000)), ALICE), NOW))
        .isEqualTo(INVALID);
  }

  @Test
  void an_issuer_without_a_key_in_its_name_needs_one_from_elsewhere() {
    JsonObject named = signed(token().add("iss", "did:talos:alice"), ALICE);

    assertThat(verify(named, NOW)).isEqualTo(INVALID);
    V1Verdict<V1Capability> verdict =
        V1Capability.verify(text(named), Optional.of(ALICE.publicKey()), NOW, hash -> false);
    String issuer = verdict.match(accepted -> accepted.value().issuer(), refused -> refused.why());
    assertThat(issuer).isEqualTo("did:talos:alice");
  }

  @Test
  void a_scope_covers_whole_segments_only_and_nothing_climbs() {
    assertThat(V1Scope.covers("tool:fs", "tool:fs")).isTrue();
    assertThat(V1Scope.covers("tool:fs", "tool:fs/method:read")).isTrue();
    assertThat(V1Scope.covers("tool:fs/method:read", "tool:fs/method:read/resource:a")).isTrue();
    assertThat(V1Scope.covers("tool:fs/resource:a", "tool:fs/resource:a/b")).isTrue();
    assertThat(V1Scope.covers("tool:fs", "tool:fs2")).isFalse();
    assertThat(V1Scope.covers("tool:fs/method:read", "tool:fs")).isFalse();
    assertThat(V1Scope.covers("tool:fs/method:read", "tool:fs/method:readall")).isFalse();
    assertThat(V1Scope.covers("tool:fs/method:*", "tool:fs/method:read")).isFalse();
    assertThat(V1Scope.covers("tool:fs/resource:a", "tool:fs/resource:a/../b")).isFalse();
    assertThat(V1Scope.covers("tool:fs", "tool:fs/resource:..")).isFalse();
    assertThat(V1Scope.covers("", "tool:fs")).isFalse();
    assertThat(V1Scope.covers("tools/call", "tools/call")).isFalse();
    assertThat(V1Scope.covers("tool:fs", "tool:fs\n")).isFalse();
  }

  private static String verify(JsonObject token, Instant now) {
    return verify(text(token), now);
  }

  private static String verify(Bytes token, Instant now) {
    return V1Capability.verify(token, Optional.empty(), now, hash -> false)
        .match(accepted -> ACCEPTED, refused -> refused.code().name());
  }
}
