package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants to see what Bob did, or an auditor to overlook it. */
@OnTheStack
@Threat("T-METADATA-01")
class ForeignEventsIT {
  private final Stack stack;
  private final Identity bob;
  private final Identity mallory;

  ForeignEventsIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
    this.mallory = Agents.registered(stack);
  }

  private Http.Answer list(Identity reader, String query) {
    Http http = stack.http();
    return http.send(
        http.request("GET", "/audit/events" + query)
            .signed(stack.baseUri(), reader.signing(), Optional.empty()));
  }

  private Http.Answer operatorList(String query) {
    Http http = stack.http();
    return http.send(http.request("GET", "/audit/events" + query).bearer(stack.operatorToken()));
  }

  private static List<JsonObject> events(Http.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().getJsonArray("events").stream().map(JsonValue::asJsonObject).toList();
  }

  private static List<String> ids(List<JsonObject> events) {
    return events.stream().map(event -> event.getString("event_id")).toList();
  }

  private List<String> all(Identity reader, String filter) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    for (int page = 0; page < 20; page++) {
      Http.Answer answer = list(reader, "?limit=2" + filter + cursor);
      ids.addAll(ids(events(answer)));
      String next = answer.json().getString("next_cursor", "");
      if (next.isEmpty()) {
        return ids;
      }
      cursor = "&cursor=" + next;
    }
    throw new AssertionError("too many pages");
  }

  private UuidV7 acts(Identity agent) {
    return Replies.admission(stack.client().agent(agent).whoami());
  }

  @Test
  void each_lists_its_own_events_and_nobody_elses() {
    UuidV7 bobs = acts(bob);
    UuidV7 mallorys = acts(mallory);

    assertThat(all(bob, "&surface=identity.whoami")).contains(bobs.text());
    assertThat(all(mallory, "")).contains(mallorys.text()).doesNotContain(bobs.text());
    assertThat(events(list(mallory, "?principal=" + bob.did()))).isEmpty();
    assertThat(ids(events(operatorList("?principal=" + bob.did())))).contains(bobs.text());
    assertThat(events(list(mallory, "?limit=200")))
        .allMatch(
            event -> event.getJsonObject("principal").getString("id", "").equals(mallory.did()));
  }

  @Test
  void a_cursor_at_bobs_event_opens_nothing_for_mallory() {
    acts(bob);
    acts(bob);
    String bobs = list(bob, "?limit=1").json().getString("next_cursor");

    assertThat(list(mallory, "?cursor=" + bobs).code()).isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(list(bob, "?cursor=" + bobs).status()).isEqualTo(200);
    assertThat(operatorList("?cursor=" + bobs).status()).isEqualTo(200);
  }

  @Test
  void every_filter_finds_exactly_what_the_events_say() {
    UuidV7 admission = acts(bob);
    JsonObject event = new Trail(stack).events("event_id = '" + admission + "'").get(0);
    String ts = event.getString("ts");
    String request = event.getString("request_id");
    String upTo = new Trail(stack).of(new UuidV7(request)).get(1).getString("ts");
    String own = "?principal=" + bob.did();

    assertThat(ids(events(operatorList("?request=" + request))))
        .contains(admission.text())
        .hasSize(2);
    assertThat(ids(events(operatorList("?request=" + request + "&kind=request.admitted"))))
        .containsExactly(admission.text());
    assertThat(events(operatorList("?request=" + request + "&result=denied"))).isEmpty();
    assertThat(ids(events(operatorList(own + "&from=" + ts)))).contains(admission.text());
    assertThat(ids(events(operatorList(own + "&to=" + ts)))).doesNotContain(admission.text());
    assertThat(
            events(operatorList("?request=" + request + "&from=" + ts + "&kind=request.finished")))
        .hasSize(1);
    assertThat(
            events(operatorList("?request=" + request + "&to=" + upTo + "&kind=request.finished")))
        .isEmpty();
    assertThat(events(operatorList("?resource=" + bob.did() + "&kind=agent.registered")))
        .hasSize(1);
    assertThat(events(operatorList(own + "&surface=identity.whoami&result=success"))).hasSize(2);
  }

  @Test
  void what_was_refused_is_found_by_its_result() {
    Http http = stack.http();
    Http.Answer refused =
        http.send(
            http.request("GET", "/policy/roles")
                .signed(stack.baseUri(), mallory.signing(), Optional.empty()));
    assertThat(refused.status()).isEqualTo(403);

    assertThat(events(list(mallory, "?result=denied")))
        .hasSize(1)
        .allMatch(event -> event.getString("kind").equals("request.refused"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?principel=did:key:zBob",
        "?kind=",
        "?kind=a.b&kind=c.d",
        "?limit=0",
        "?limit=201",
        "?limit=2&limit=3",
        "?result=ok",
        "?request=1",
        "?from=yesterday",
        "?from=2026-11-30T05:00:00.000Z&to=2026-11-30T05:00:00.000Z",
        "?kind=a%00b",
        "?to=0000-01-01T00:00:00Z"
      })
  void what_could_be_misread_is_refused(String query) {
    assertThat(operatorList(query).code()).isEqualTo("TALOS_INVALID_INPUT");
  }

  @Test
  void a_forged_cursor_is_refused() {
    for (String cursor :
        List.of("x", "MTcwMzcyMTYwMDox", new String(new char[90]).replace('\0', 'A'))) {
      assertThat(operatorList("?cursor=" + cursor).code()).isEqualTo("TALOS_INVALID_CURSOR");
    }
  }
}
