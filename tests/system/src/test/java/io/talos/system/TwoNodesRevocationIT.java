package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.client.RevocationReason;
import io.talos.client.http.Answer;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.revocation.RevocationFeed;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one server has revoked, Mallory takes to the other one. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class TwoNodesRevocationIT {
  private static final int CALLERS = 6;
  private static final int ROUNDS = Counts.of(6, 120);

  private final TwoNodes nodes;
  private final Stack stack;
  private final Notes notes;

  TwoNodesRevocationIT(TwoNodes nodes) {
    this.nodes = nodes;
    this.stack = nodes.stack();
    this.notes = stack.notes();
  }

  /** A message of the session: it needs the capability, is admitted durably, and costs least. */
  private Reply<Answer> ping(int node, Identity agent, UnverifiedCapability capability) {
    return stack
        .client()
        .send(
            nodes.to(
                node,
                notes.message(
                    agent, Optional.of(capability), "ping", JsonObject.EMPTY_JSON_OBJECT)));
  }

  private Http.Answer revoke(int node, String link) {
    Http http = nodes.both().get(node % 2);
    return http.send(
        http.request("POST", "/policy/revocations")
            .bearer(stack.operatorToken())
            .json(
                Json.createObjectBuilder()
                    .add("link", link)
                    .add("reason", RevocationReason.COMPROMISED.wire())
                    .build()
                    .toString()));
  }

  @Test
  void while_both_servers_are_busy_no_try_after_the_revocation_returned_is_admitted_by_either()
      throws InterruptedException, ExecutionException {
    Identity alice = Agents.registered(stack);
    List<Identity> agents = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      agents.add(Agents.registered(stack));
    }
    int before = 0;
    int after = 0;
    for (int number = 0; number < ROUNDS; number++) {
      UnverifiedCapability alices = notes.grant(alice, 1);
      List<Race.Caller> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int node = i;
        Identity agent = agents.get(i);
        UnverifiedCapability own =
            Attenuation.of(alices, Did.parse(agent.did()))
                .signedBy(alice.signing(), Notes.freshId(), Notes.now());
        callers.add(() -> Race.outcome(ping(node, agent, own)));
      }
      int turn = number;
      Race race = Race.between(callers, () -> revoke(turn, alices.root().hash().hex()));

      assertThat(race.acted().status()).as(race.acted().text()).isEqualTo(201);
      assertThat(race.after()).noneMatch(Race.Outcome::admitted);
      assertThat(race.after())
          .extracting(Race.Outcome::code)
          .isSubsetOf("CAPABILITY_REVOKED", "RATE_LIMITED");
      assertThat(admittedAfter(race.returned(), agents)).isEmpty();
      before += race.before().size();
      after += race.after().size();
    }
    assertThat(after).isGreaterThanOrEqualTo(ROUNDS * CALLERS * Race.TRIES_AFTER);
    Proofs.tell("revocations raced with use on two servers", ROUNDS);
    Proofs.tell("tries that began before those revocations returned", before);
    Proofs.tell("tries that began after them, none admitted", after);
  }

  /** Admissions that the log dates later than {@code wall}; all servers share this clock. */
  private List<String> admittedAfter(Instant wall, List<Identity> agents) {
    return stack.column(
        "select event_id::text from audit.event where kind = 'request.admitted'"
            + " and surface_id = 'gateway.mcp.send' and ts > '"
            + WireTime.format(wall)
            + "' and principal_id in ("
            + agents.stream().map(a -> "'" + a.did() + "'").collect(Collectors.joining(","))
            + ")");
  }

  private String codeAt(int node, Identity agent, UnverifiedCapability capability) {
    return Race.outcome(ping(node, agent, capability)).code();
  }

  @Test
  void a_capability_that_the_second_server_just_served_is_over_there_when_the_first_revoked_it() {
    Identity bob = Agents.registered(stack);
    for (int node = 0; node < 2; node++) {
      UnverifiedCapability bobs = notes.grant(bob, 0);
      assertThat(codeAt(0, bob, bobs)).isNotEqualTo("CAPABILITY_REVOKED");
      assertThat(codeAt(1, bob, bobs)).isNotEqualTo("CAPABILITY_REVOKED");

      revoke(node, bobs.root().hash().hex());

      assertThat(codeAt(node + 1, bob, bobs)).isEqualTo("CAPABILITY_REVOKED");
      assertThat(codeAt(node, bob, bobs)).isEqualTo("CAPABILITY_REVOKED");
    }
  }

  @Test
  void a_revocation_holds_on_both_servers_although_redis_forgot_that_there_was_one() {
    Identity bob = Agents.registered(stack);
    UnverifiedCapability bobs = notes.grant(bob, 0);
    UnverifiedCapability kept = notes.grant(bob, 0);
    assertThat(codeAt(1, bob, bobs)).isNotEqualTo("CAPABILITY_REVOKED");
    revoke(0, bobs.root().hash().hex());

    stack.launcher().redis().kill();
    stack.launcher().redis().start();
    bothReady();

    Patiently.until(
        "signatures are accepted again", () -> !codeAt(0, bob, kept).equals("AUTH_EXPIRED"));
    assertThat(codeAt(0, bob, bobs)).isEqualTo("CAPABILITY_REVOKED");
    assertThat(codeAt(1, bob, bobs)).isEqualTo("CAPABILITY_REVOKED");
    assertThat(codeAt(1, bob, kept)).isNotEqualTo("CAPABILITY_REVOKED");
  }

  private void bothReady() {
    for (Http node : nodes.both()) {
      Patiently.until("ready again", () -> node.get("/health/ready").status() == 200);
    }
  }

  @Test
  void a_follower_of_the_feed_may_ask_either_server_and_never_sees_it_go_back() {
    Identity alice = Agents.registered(stack);
    Did issuer = Did.parse(nodes.first().get("/policy/issuer").json().getString("issuer"));
    RevocationFeed feed = new RevocationFeed(Set.of(issuer));
    for (int turn = 0; turn < 2 * ROUNDS; turn++) {
      UnverifiedCapability given = notes.grant(alice, 0);
      revoke(turn, given.root().hash().hex());

      Replies.granted(stack.client(nodes.uri(turn + 1)).revocations().follow(feed));

      assertThat(feed.containsAnyOf(List.of(given.root().hash()))).isTrue();
    }
  }

  /** What Redis says of revocations afterwards, given what it said before. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "DEL talos:policy:epoch",
        "SET talos:policy:epoch %s",
        "SET talos:policy:epoch 0",
        "SET talos:policy:epoch 999999999",
      })
  void a_message_that_nobody_heard_and_an_epoch_that_redis_lost_let_nothing_through(String lie) {
    RedisConsole redis = new RedisConsole(stack);
    Identity bob = Agents.registered(stack);
    UnverifiedCapability kept = notes.grant(bob, 0);
    UnverifiedCapability bobs = notes.grant(bob, 0);
    assertThat(codeAt(1, bob, bobs)).isNotEqualTo("CAPABILITY_REVOKED");
    String before = redis.say("GET talos:policy:epoch");

    redis.say("CLIENT KILL TYPE pubsub");
    revoke(0, bobs.root().hash().hex());
    redis.say(lie.formatted(before.isEmpty() ? "0" : before));

    assertThat(codeAt(1, bob, bobs)).isEqualTo("CAPABILITY_REVOKED");
    assertThat(codeAt(0, bob, bobs)).isEqualTo("CAPABILITY_REVOKED");
    assertThat(Race.outcome(ping(1, bob, kept)).admitted()).isTrue();
    assertThat(Race.outcome(ping(0, bob, kept)).admitted()).isTrue();
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void an_agent_that_the_first_server_revoked_is_nobody_at_the_second_at_once() {
    for (int round = 0; round < Counts.of(3, 60); round++) {
      Identity mallory = Agents.registered(stack);
      assertThat(Replies.granted(whoamiAt(1, mallory)).receipt().requestId()).isPresent();
      Http http = nodes.both().get(round % 2);

      Http.Answer revoked =
          http.send(
              http.request("DELETE", "/identity/agents/" + mallory.did())
                  .bearer(stack.operatorToken()));

      assertThat(revoked.status()).as(revoked.text()).isBetween(200, 204);
      Replies.refused(whoamiAt(round + 1, mallory), ErrorCode.AUTH_REVOKED);
      Replies.refused(whoamiAt(round, mallory), ErrorCode.AUTH_REVOKED);
    }
  }

  private Reply<Answer> whoamiAt(int node, Identity agent) {
    return stack
        .client()
        .send(
            nodes.to(
                node,
                stack
                    .client()
                    .agent(agent)
                    .prepare("GET", "/identity/whoami", Optional.empty(), Bytes.empty())));
  }

  @Test
  void a_virtual_key_that_the_first_server_revoked_opens_nothing_at_the_second() {
    Http first = nodes.first();
    Http.Answer issued =
        first.send(
            first
                .request("POST", "/identity/keys")
                .bearer(stack.operatorToken())
                .json("{\"name\":\"two-nodes\"}"));
    String key = issued.json().getString("key");
    assertThat(whoamiBearer(nodes.second(), key).status()).isEqualTo(200);

    Http.Answer revoked =
        first.send(
            first
                .request("DELETE", "/identity/keys/" + issued.json().getString("id"))
                .bearer(stack.operatorToken()));

    assertThat(revoked.status()).as(revoked.text()).isBetween(200, 204);
    assertThat(whoamiBearer(nodes.second(), key).code()).isEqualTo("AUTH_REVOKED");
    assertThat(whoamiBearer(first, key).code()).isEqualTo("AUTH_REVOKED");
  }

  private static Http.Answer whoamiBearer(Http http, String key) {
    return http.send(http.request("GET", "/identity/whoami").bearer(key));
  }
}
