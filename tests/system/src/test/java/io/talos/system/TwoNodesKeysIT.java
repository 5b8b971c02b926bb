package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Mallory stole a key, and is quick at the server that its owner does not speak to. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class TwoNodesKeysIT {
  private static final int CALLERS = 4;
  private static final int ROUNDS = Counts.of(2, 40);

  private final TwoNodes nodes;
  private final Stack stack;
  private final Identity alice;
  private final Did did;
  private final Ed25519.KeyPair recovery = fresh();

  TwoNodesKeysIT(TwoNodes nodes) {
    this.nodes = nodes;
    this.stack = nodes.stack();
    this.alice = Agents.registered(stack);
    this.did = Did.parse(alice.did());
  }

  private static Ed25519.KeyPair fresh() {
    return Ed25519.generate(Randomness.secure());
  }

  private String path() {
    return "/identity/agents/" + did.text() + "/keys";
  }

  private Http at(int node) {
    return nodes.both().get(node % 2);
  }

  private KeyHistory historyAt(int node) {
    return KeyHistory.fromJson(did, at(node).get(path()).json().getJsonArray("statements"));
  }

  private Http.Answer whoamiAt(int node, Ed25519.KeyPair key) {
    return Forge.whoami(stack, alice).at(at(node)).speaking(did, key).send();
  }

  /** Brings a statement; the request itself is signed by nobody that matters. */
  private Http.Answer bring(int node, KeyStatement statement, Optional<Ed25519.KeyPair> next) {
    JsonObjectBuilder body = Json.createObjectBuilder().add("statement", statement.toJson());
    next.ifPresent(
        key -> {
          IdentityKey agreement =
              IdentityKey.certify(did, key, alice.channel().certified().publicKey());
          body.add(
              "key_agreement",
              Json.createObjectBuilder()
                  .add("public_key", Base64Url.encode(agreement.publicKey()))
                  .add("signature", Base64Url.encode(agreement.signature())));
        });
    return Forge.of(stack, "POST", path(), Identity.generate(Randomness.secure()))
        .at(at(node))
        .body(body.build().toString())
        .send();
  }

  private KeyHistory begun(int node) {
    Http.Answer begun =
        bring(
            node,
            KeyHistory.of(did)
                .begin(alice.signing(), Optional.of(recovery.publicKey()), Notes.now()),
            Optional.empty());
    assertThat(begun.status()).as(begun.text()).isEqualTo(200);
    return historyAt(node + 1);
  }

  @Test
  void a_key_that_was_replaced_at_one_server_is_refused_by_both_while_it_is_in_use()
      throws InterruptedException, ExecutionException {
    KeyHistory history = begun(0);
    Ed25519.KeyPair current = alice.signing();
    int after = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Ed25519.KeyPair old = current;
      Ed25519.KeyPair next = fresh();
      KeyStatement rotation = history.rotate(old, next, Notes.now());
      List<Race.Caller> thieves = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        int node = i;
        thieves.add(() -> Race.outcome(whoamiAt(node, old)));
      }
      int turn = round;

      Race race = Race.between(thieves, () -> bring(turn, rotation, Optional.of(next)));

      assertThat(race.acted().status()).as(race.acted().text()).isEqualTo(200);
      assertThat(race.after()).noneMatch(Race.Outcome::admitted);
      assertThat(race.after())
          .extracting(Race.Outcome::code)
          .isSubsetOf("AUTH_REVOKED", "RATE_LIMITED");
      for (int node = 0; node < 2; node++) {
        assertThat(whoamiAt(node, old).code()).isEqualTo("AUTH_REVOKED");
        assertThat(whoamiAt(node, next).code()).isIn("", "RATE_LIMITED");
      }
      after += race.after().size();
      history = historyAt(turn + 1);
      current = next;
    }
    Proofs.tell("key rotations raced with use of the old key on two servers", ROUNDS);
    Proofs.tell(
        "tries with an old key that began after its rotation returned, none admitted", after);
  }

  @Test
  @Threat("T-CAPABILITYABUSE-01")
  void what_a_replaced_key_signed_is_over_at_both_servers_for_everybody_who_uses_it()
      throws InterruptedException, ExecutionException {
    Notes notes = stack.notes();
    KeyHistory history = begun(0);
    UnverifiedCapability alices = notes.grant(alice, 1);
    Ed25519.KeyPair next = fresh();
    List<Race.Caller> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      int node = i;
      Identity agent = Agents.registered(stack);
      UnverifiedCapability lent = notes.passedOn(alices, alice, agent, Notes.READ);
      callers.add(
          () ->
              Race.outcome(
                  stack
                      .client()
                      .send(
                          nodes.to(
                              node,
                              notes.message(
                                  agent,
                                  Optional.of(lent),
                                  "ping",
                                  JsonObject.EMPTY_JSON_OBJECT)))));
    }

    Race race =
        Race.between(
            callers,
            () -> bring(1, history.rotate(alice.signing(), next, Notes.now()), Optional.of(next)));

    assertThat(race.acted().status()).as(race.acted().text()).isEqualTo(200);
    assertThat(race.after()).noneMatch(Race.Outcome::admitted);
    assertThat(race.after())
        .extracting(Race.Outcome::code)
        .isSubsetOf("CAPABILITY_REVOKED", "RATE_LIMITED");
  }

  @Test
  void of_two_keys_that_want_to_follow_the_same_one_each_server_knows_the_same_winner()
      throws InterruptedException, ExecutionException {
    KeyHistory history = begun(1);
    List<Ed25519.KeyPair> next = List.of(fresh(), fresh(), fresh(), fresh());

    List<Http.Answer> answers =
        AtOnce.each(
            List.of(0, 1, 2, 3),
            i ->
                bring(
                    i,
                    history.rotate(alice.signing(), next.get(i), Notes.now()),
                    Optional.of(next.get(i))));

    assertThat(answers.stream().filter(a -> a.status() == 200)).hasSize(1);
    answers.stream()
        .filter(a -> a.status() != 200)
        .forEach(a -> assertThat(a.code()).isEqualTo("KEY_HISTORY_CONFLICT"));
    assertThat(historyAt(0).toJson()).isEqualTo(historyAt(1).toJson());
    assertThat(historyAt(0).statements()).hasSize(2);
    for (int i = 0; i < next.size(); i++) {
      boolean won = historyAt(0).currentKey().equals(next.get(i).publicKey());
      assertThat(whoamiAt(i, next.get(i)).code()).isEqualTo(won ? "" : "AUTH_INVALID");
    }
  }

  @Test
  void a_thief_who_was_quicker_at_the_other_server_loses_the_name_to_the_recovery_key() {
    KeyHistory history = begun(0);
    Ed25519.KeyPair thiefs = fresh();
    Ed25519.KeyPair owners = fresh();
    Http.Answer stolen =
        bring(1, history.rotate(alice.signing(), thiefs, Notes.now()), Optional.of(thiefs));
    assertThat(stolen.status()).as(stolen.text()).isEqualTo(200);
    assertThat(whoamiAt(0, thiefs).status()).isEqualTo(200);

    Http.Answer recovered =
        bring(
            0,
            historyAt(0).recover(recovery, owners, Optional.of(fresh().publicKey()), Notes.now()),
            Optional.of(owners));

    assertThat(recovered.status()).as(recovered.text()).isEqualTo(200);
    for (int node = 0; node < 2; node++) {
      assertThat(whoamiAt(node, thiefs).code()).isEqualTo("AUTH_REVOKED");
      assertThat(whoamiAt(node, alice.signing()).code()).isEqualTo("AUTH_REVOKED");
      assertThat(whoamiAt(node, owners).status()).isEqualTo(200);
    }
  }

  @Test
  void an_agent_that_ended_itself_at_one_server_is_over_at_both_and_does_not_come_back() {
    KeyHistory history = begun(0);
    KeyStatement end = history.revoke(recovery, Notes.now());

    Http.Answer ended = bring(1, end, Optional.empty());

    assertThat(ended.status()).as(ended.text()).isEqualTo(200);
    for (int node = 0; node < 2; node++) {
      assertThat(whoamiAt(node, alice.signing()).code()).isEqualTo("AUTH_REVOKED");
    }
    Ed25519.KeyPair next = fresh();
    Http.Answer again =
        bring(0, history.rotate(alice.signing(), next, Notes.now()), Optional.of(next));
    assertThat(again.code()).isEqualTo("AGENT_REVOKED");
    assertThat(whoamiAt(1, next).code()).isEqualTo("AUTH_REVOKED");
  }
}
