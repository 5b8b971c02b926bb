package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.registry.Threat;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory plays with time: what begins later, ended before, never ends, or is no time at all. */
@OnTheStack
@Threat("T-REPLAY-01")
class ClockEdgesIT {
  private final Stack stack;
  private final Identity bob;

  ClockEdgesIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
  }

  /** Seconds from now; a second or two pass on the way, so the edges leave room for them. */
  @ParameterizedTest(name = "created {0} s and expires {1} s from now: {2}")
  @CsvSource(
      value = {
        "0, 30, ''",
        "0, 60, ''",
        "4, 64, ''",
        "0, 61, AUTH_INVALID",
        "-1, 60, AUTH_INVALID",
        "0, 0, AUTH_INVALID",
        "0, -1, AUTH_INVALID",
        "30, 0, AUTH_INVALID",
        "12, 40, AUTH_NOT_YET_VALID",
        "3600, 3630, AUTH_NOT_YET_VALID",
        "-60, 0, AUTH_EXPIRED",
        "-61, -1, AUTH_EXPIRED",
        "-86400, -86340, AUTH_EXPIRED",
        "-1000000000, 60, AUTH_INVALID",
        "0, 1000000000, AUTH_INVALID"
      })
  void a_signature_counts_in_its_own_minute_only(long created, long expires, String code) {
    long now = Notes.now().getEpochSecond();

    Http.Answer answer =
        Forge.whoami(stack, bob)
            .parameter("created", Long.toString(now + created))
            .parameter("expires", Long.toString(now + expires))
            .send();

    assertThat(answer.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "0",
        "999999999999999",
        "9999999999999999",
        "99999999999999999999",
        "1.5",
        "1e9",
        "@1700000000",
        "\"1700000000\"",
        "?1",
        "now",
        "-0",
        ""
      })
  void a_time_that_is_none_of_these_days_is_refused(String raw) {
    for (String name : new String[] {"created", "expires"}) {
      Http.Answer answer = Forge.whoami(stack, bob).parameter(name, raw).send();
      assertThat(answer.status()).as(name + "=" + raw).isEqualTo(401);
      assertThat(answer.code()).isIn("AUTH_INVALID", "AUTH_NOT_YET_VALID", "AUTH_EXPIRED");
    }
  }

  @Test
  void a_signature_without_a_beginning_or_an_end_is_refused() {
    for (String name : new String[] {"created", "expires", "nonce"}) {
      assertThat(Forge.whoami(stack, bob).without(name).send().code()).isEqualTo("AUTH_INVALID");
    }
  }

  @Test
  @Threat("T-CAPABILITYABUSE-01")
  void a_capability_counts_from_its_first_instant_to_before_its_last() {
    Notes notes = stack.notes();
    Instant from = Notes.now().plusMillis(1500);
    Instant to = from.plusMillis(1500);
    UnverifiedCapability brief =
        Attenuation.of(notes.grant(bob, 1), Did.parse(bob.did()))
            .startingAt(from)
            .expiringAt(to)
            .signedBy(bob.signing(), Notes.freshId(), Notes.now());

    Instant asked = Notes.now();
    String before = codeOf(notes, brief);
    assertThat(Notes.now().isBefore(from) ? before : "CAPABILITY_NOT_YET_VALID")
        .as("asked at " + asked)
        .isEqualTo("CAPABILITY_NOT_YET_VALID");
    Patiently.until("it has begun", () -> !Notes.now().isBefore(from));
    String during = codeOf(notes, brief);
    assertThat(Notes.now().isBefore(to) ? during : "").isEmpty();
    Patiently.until("it has ended", () -> !Notes.now().isBefore(to));
    // The server read its clock after this JVM did, and both are one clock.
    assertThat(codeOf(notes, brief)).isEqualTo("CAPABILITY_EXPIRED");
  }

  private String codeOf(Notes notes, UnverifiedCapability capability) {
    return stack
        .client()
        .send(
            notes.message(
                bob,
                java.util.Optional.of(capability),
                "ping",
                jakarta.json.JsonObject.EMPTY_JSON_OBJECT))
        .match(
            done -> "",
            refused ->
                refused.refusal().code().startsWith("CAPABILITY") ? refused.refusal().code() : "");
  }
}
