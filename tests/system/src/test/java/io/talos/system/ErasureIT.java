package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.Threat;
import io.talos.launcher.OperatorIssuer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Somebody wants to be forgotten; Mallory looks through the database for what is left. */
@OnTheStack
@Threat("T-METADATA-01")
class ErasureIT {
  private static final String ERASURES = "/audit/erasures";

  private final Stack stack;
  private final Http http;
  private final BundleVerifier verifier;

  ErasureIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.verifier = new BundleVerifier(Replies.value(stack.client().logKey()));
  }

  private Http.Answer erase(String body) {
    return http.send(http.request("POST", ERASURES).bearer(stack.operatorToken()).json(body));
  }

  private Http.Answer eraseEvent(UuidV7 event) {
    return erase(
        Json.createObjectBuilder()
            .add("event_id", event.text())
            .add("reason", "asked-by-person")
            .add("reference", "case-7")
            .build()
            .toString());
  }

  private JsonObject view(UuidV7 event) {
    return Replies.value(stack.operator().audit().event(event));
  }

  private void assertVerifies(Bytes bundle) {
    Verification result = verifier.verify(bundle);
    assertThat(result).as("%s", result).isInstanceOf(Verification.Verified.class);
  }

  private Bytes bundle(UuidV7 event) {
    return Replies.value(stack.operator().audit().awaitBundle(event, OptionalLong.empty()));
  }

  /** How many rows of all tables hold the text, as text or as bytes. */
  private long rowsWith(String text) {
    long rows = 0;
    List<String> tables =
        stack.column(
            "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                + " where schemaname not in ('pg_catalog', 'information_schema')");
    assertThat(tables).contains("audit.opening", "audit.event");
    String hex = Bytes.utf8(text).hex();
    for (String table : tables) {
      rows +=
          stack.count(
              "select count(*) from "
                  + table
                  + " t where cast(t as text) like '%"
                  + text
                  + "%' or cast(t as text) like '%"
                  + hex
                  + "%'");
    }
    return rows;
  }

  @Test
  void an_operator_is_forgotten_and_every_proof_holds() {
    String dave = "dave-" + Randomness.secure().bytes(8).hex();
    String token =
        stack
            .launcher()
            .issuer()
            .token(dave, Set.of(OperatorIssuer.OPERATOR_GROUP), Duration.ofMinutes(5));
    UuidV7 event = Replies.admission(stack.client().operator(token).whoami());
    Bytes before = bundle(event);
    JsonObject opening = view(event).getJsonObject("openings").getJsonObject("operator_subject");
    assertThat(opening.getString("value")).isEqualTo(dave);
    assertThat(rowsWith(dave)).isPositive();

    String blind = Base64Url.encode(Randomness.secure().bytes(16));
    String body =
        "{\"operator\":\"%s\",\"blind\":\"%s\",\"reason\":\"asked-by-person\"}"
            .formatted(dave, blind);
    Http.Answer answer = erase(body);

    assertThat(answer.status()).as(answer.bytes().utf8()).isEqualTo(200);
    assertThat(answer.json().getInt("members")).isGreaterThanOrEqualTo(4);
    assertThat(rowsWith(dave)).isZero();
    JsonObject after = view(event);
    assertThat(after.containsKey("openings")).isFalse();
    assertThat(after.getJsonArray("erased").getValuesAs(JsonObject.class))
        .extracting(member -> member.getString("name"))
        .containsExactly("client_address", "operator_subject");
    assertVerifies(before);
    assertVerifies(bundle(event));
    Recheck.fromEvents(stack);
    assertThat(erase(body).json().getInt("members")).isZero();
  }

  @Test
  void erasing_an_event_twice_says_the_same_and_the_log_tells_it_once() {
    UuidV7 event = Replies.admission(stack.client().agent(Agents.registered(stack)).whoami());

    JsonObject first = eraseEvent(event).json();
    JsonObject second = eraseEvent(event).json();

    assertThat(first.getInt("members")).isEqualTo(1);
    assertThat(second.getInt("members")).isZero();
    assertThat(second.get("erased")).isEqualTo(first.get("erased"));
    assertThat(view(event).get("erased")).isEqualTo(first.get("erased"));
    assertThat(
            stack.count(
                "select count(*) from audit.event where kind = 'audit.members_erased' and"
                    + " event like '%\"event_id\":\""
                    + event
                    + "\"%'"))
        .isEqualTo(1);
  }

  @Test
  void an_agent_cannot_erase_not_even_its_own_and_nothing_changes() {
    Identity bob = Agents.registered(stack);
    UuidV7 event = Replies.admission(stack.client().agent(bob).whoami());
    String body = "{\"event_id\":\"" + event + "\",\"reason\":\"other\"}";

    Http.Answer answer =
        http.send(
            http.request("POST", ERASURES)
                .json(body)
                .signed(stack.baseUri(), bob.signing(), Optional.empty()));

    assertThat(answer.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(view(event).getJsonObject("openings")).containsKey("client_address");
    assertThat(view(event).containsKey("erased")).isFalse();
  }

  @Test
  void a_wish_that_names_nobody_or_two_or_could_be_guessed_is_refused() {
    String id = Notes.freshId().text();
    for (String body :
        List.of(
            "{\"reason\":\"other\"}",
            "{\"event_id\":\"" + id + "\",\"principal\":\"did:key:z\",\"reason\":\"other\"}",
            "{\"operator\":\"dave\",\"reason\":\"other\"}",
            "{\"event_id\":\"" + id + "\",\"reason\":\"Dave asked\"}",
            "{\"event_id\":\"" + id + "\",\"reason\":\"other\",\"reference\":\"by Dave\"}")) {
      assertThat(erase(body).status()).as(body).isEqualTo(400);
    }
    assertThat(erase("{\"event_id\":\"" + id + "\",\"reason\":\"other\"}").code())
        .isEqualTo("AUDIT_EVENT_NOT_FOUND");
  }
}
