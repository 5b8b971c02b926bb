package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.talos.client.AgentClient;
import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.ChannelIdentity;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who holds a key is its agent, and nobody else can become that agent or speak for it. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class IdentitiesIT {
  private static final int CLAIMERS = 8;
  private static final int ONE_TIME_PREKEYS = 5;

  private final Stack stack;
  private final Http http;
  private final Trail trail;

  IdentitiesIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.trail = new Trail(stack);
  }

  private static Identity stranger() {
    return Identity.generate(Randomness.secure());
  }

  private static JsonObject registration(String did, IdentityKey agreement) {
    return Json.createObjectBuilder()
        .add("did", did)
        .add(
            "key_agreement",
            Json.createObjectBuilder()
                .add("public_key", Base64Url.encode(agreement.publicKey()))
                .add("signature", Base64Url.encode(agreement.signature())))
        .build();
  }

  /** Signed with {@code signer}'s key, whatever the body says. */
  private Http.Answer register(Identity signer, JsonObject body) {
    return http.send(
        http.request("POST", "/identity/agents")
            .json(body.toString())
            .signed(stack.baseUri(), signer.signing(), Optional.empty()));
  }

  private boolean isRegistered(Identity identity) {
    return stack.count("select count(*) from identity.agent where did = '" + identity.did() + "'")
        == 1;
  }

  @Test
  void an_agent_registers_with_its_own_key_and_the_log_says_so() {
    Identity alice = stranger();

    Http.Answer answer = register(alice, registration(alice.did(), alice.channel().certified()));

    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    assertThat(isRegistered(alice)).isTrue();
    JsonObject told = trail.one(Replies.request(answer), "agent.registered");
    assertThat(told.getJsonObject("resource").getString("id")).isEqualTo(alice.did());
    assertThat(told.getJsonObject("principal").getString("id")).isEqualTo(alice.did());
    assertThat(trail.of(Replies.request(answer)))
        .extracting(event -> event.getString("kind"))
        .containsExactlyInAnyOrder("request.admitted", "agent.registered", "request.finished");
  }

  @Test
  void mallory_cannot_register_under_alices_did() {
    Identity alice = stranger();
    Identity mallory = stranger();

    Http.Answer answer = register(mallory, registration(alice.did(), alice.channel().certified()));

    assertThat(answer.code()).isEqualTo("TALOS_DENIED");
    assertThat(isRegistered(alice) || isRegistered(mallory)).isFalse();
    trail.failed(Replies.request(answer), ErrorCode.TALOS_DENIED, mallory.did());
  }

  @Test
  void a_key_agreement_key_that_the_agents_own_key_did_not_certify_is_refused() {
    Identity alice = stranger();
    IdentityKey own = alice.channel().certified();
    IdentityKey mallorys = stranger().channel().certified();
    Bytes otherLabel =
        alice.signing().sign(Bytes.utf8(own.did() + "\n" + Base64Url.encode(own.publicKey())));
    List<IdentityKey> forged =
        List.of(
            new IdentityKey(own.did(), mallorys.publicKey(), own.signature()),
            new IdentityKey(own.did(), own.publicKey(), mallorys.signature()),
            new IdentityKey(own.did(), own.publicKey(), otherLabel));

    for (IdentityKey each : forged) {
      Http.Answer answer = register(alice, registration(alice.did(), each));
      assertThat(answer.code()).isEqualTo("KEY_INVALID");
    }
    assertThat(isRegistered(alice)).isFalse();
  }

  @Test
  void a_key_agreement_key_of_low_order_is_refused_even_when_certified() {
    Identity alice = stranger();
    IdentityKey zero = IdentityKey.certify(alice.signing(), Bytes.of(new byte[32]));

    assertThat(register(alice, registration(alice.did(), zero)).code()).isEqualTo("KEY_INVALID");
    assertThat(isRegistered(alice)).isFalse();
  }

  @Test
  void who_is_registered_cannot_register_again_with_other_keys() {
    Identity alice = Agents.registered(stack);
    Identity reborn =
        alice.with(Prekeys.none(ChannelIdentity.generate(alice.signing(), Randomness.secure())));

    Http.Answer answer = register(alice, registration(alice.did(), reborn.channel().certified()));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("AGENT_EXISTS");
    assertThat(
            stack.column(
                "select encode(key_agreement_key, 'hex') from identity.agent where did = '"
                    + alice.did()
                    + "'"))
        .containsExactly(alice.channel().certified().publicKey().hex());
  }

  @Test
  void a_did_resolves_to_both_keys_each_of_its_own_kind() {
    Identity alice = Agents.registered(stack);
    Did did = Did.parse(alice.did());

    JsonObject document = Replies.value(stack.client().resolve(did));

    String signing = Multikey.ed25519(alice.signing().publicKey()).text();
    String agreement = Multikey.x25519(alice.channel().certified().publicKey()).text();
    assertThat(signing).startsWith("z6Mk");
    assertThat(agreement).startsWith("z6LS");
    assertThat(document.getString("id")).isEqualTo(alice.did());
    assertThat(document.getJsonArray("authentication").getString(0))
        .isEqualTo(alice.did() + "#" + signing);
    assertThat(document.getJsonArray("keyAgreement").getString(0))
        .isEqualTo(alice.did() + "#" + agreement);
    assertThat(document.getJsonArray("verificationMethod"))
        .extracting(method -> method.asJsonObject().getString("publicKeyMultibase"))
        .containsExactly(signing, agreement);
  }

  @Test
  void the_talos_alias_names_the_same_agent() {
    Identity alice = Agents.registered(stack);
    String alias = "did:talos:" + alice.signing().publicKey().hex();

    Http.Answer resolved = http.get("/1.0/identifiers/" + alias);

    assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);
    assertThat(resolved.json().getString("id")).isEqualTo(alice.did());
    JsonObject found = Replies.value(stack.client().agent(alice).find(alias));
    assertThat(found.getString("did")).isEqualTo(alice.did());
  }

  @Test
  void a_did_that_nobody_registered_resolves_to_its_key_alone_and_is_no_agent() {
    Identity nobody = stranger();

    JsonObject document = Replies.value(stack.client().resolve(Did.parse(nobody.did())));

    assertThat(document.getJsonArray("verificationMethod")).hasSize(1);
    assertThat(document.containsKey("keyAgreement")).isFalse();
    AgentClient alice = stack.client().agent(Agents.registered(stack));
    Replies.refused(alice.find(nobody.did()), ErrorCode.AGENT_NOT_FOUND);
    Replies.refused(alice.claimPrekeys(nobody.did()), ErrorCode.AGENT_NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource({
    "not-a-did, DID_INVALID",
    "did:key:, DID_INVALID",
    "did:key:z6Mk, DID_INVALID",
    "did:key:Q6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK, DID_INVALID",
    "did:talos:00, DID_INVALID",
    "did:example:123, DID_METHOD_UNSUPPORTED",
  })
  void a_malformed_did_is_refused_by_its_own_code(String did, String code) {
    Http.Answer answer = http.get("/1.0/identifiers/" + did);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.code()).isEqualTo(code);
  }

  @Test
  void eight_who_ask_at_once_never_get_the_same_one_time_prekey()
      throws InterruptedException, ExecutionException {
    Identity bob =
        Agents.registered(stack)
            .withFreshPrekeys(ONE_TIME_PREKEYS, Randomness.secure(), Notes.now());
    Replies.granted(stack.client().agent(bob).publishPrekeys(bob));
    List<AgentClient> claimers = new ArrayList<>();
    for (int i = 0; i < CLAIMERS; i++) {
      claimers.add(stack.client().agent(Agents.registered(stack)));
    }

    List<Reply<PrekeyBundle>> replies =
        AtOnce.each(claimers, claimer -> claimer.claimPrekeys(bob.did()));

    List<String> handedOut = new ArrayList<>();
    List<String> lastResorts = new ArrayList<>();
    for (Reply<PrekeyBundle> reply : replies) {
      PrekeyBundle bundle = Replies.value(reply);
      bundle.require(bob.did(), Notes.now());
      bundle.oneTimePrekey().ifPresent(prekey -> handedOut.add(prekey.id()));
      KemPrekey kem = bundle.kemPrekey().orElseThrow();
      (kem.kind() == KemPrekey.Kind.ONE_TIME ? handedOut : lastResorts).add(kem.id());
    }
    List<String> expected = new ArrayList<>(bob.prekeys().oneTime().keySet());
    bob.prekeys().kem().keySet().stream().filter(id -> id.startsWith("k-")).forEach(expected::add);
    assertThat(handedOut).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    assertThat(lastResorts)
        .hasSize(CLAIMERS - ONE_TIME_PREKEYS)
        .containsOnly(bob.prekeys().lastResort().orElseThrow().id());
    assertThat(
            stack.count(
                "select count(*) from identity.one_time_prekey where claimed_at is null"
                    + " and agent_did = '"
                    + bob.did()
                    + "'"))
        .isZero();
    assertThat(
            stack.count(
                "select count(*) from audit.event where kind = 'prekey.claimed'"
                    + " and event::json -> 'resource' ->> 'id' = '"
                    + bob.did()
                    + "'"))
        .isEqualTo(CLAIMERS);
  }

  @ParameterizedTest
  @Threat("T-MITM-01")
  @ValueSource(
      strings = {
        "update identity.signed_prekey set suites = 'talos-x3dh-2'",
        "update identity.kem_prekey"
            + " set public_key = set_byte(public_key, 8, 255 - get_byte(public_key, 8))",
        "update identity.kem_prekey set expires_at = expires_at + interval '1 hour'"
      })
  void a_server_that_changes_bobs_suites_or_kem_prekeys_is_found_out_by_alice(String change) {
    Identity bob = Talk.withPrekeys(stack);
    AgentClient alice = stack.client().agent(Agents.registered(stack));
    stack.column(change + " where agent_did = '" + bob.did() + "' returning id");

    assertThatExceptionOfType(TalosException.class)
        .isThrownBy(() -> alice.sessions().open(Did.parse(bob.did())))
        .extracting(TalosException::code)
        .isEqualTo(ErrorCode.X3DH_INVALID_SIGNATURE);
    assertThat(
            stack.count(
                "select count(*) from a2a.session where responder_id = '" + bob.did() + "'"))
        .isZero();
  }

  @Test
  void mallory_cannot_publish_prekeys_in_bobs_name() {
    Identity bob = Agents.registered(stack).withFreshPrekeys(1, Randomness.secure(), Notes.now());
    Replies.granted(stack.client().agent(bob).publishPrekeys(bob));
    Identity mallory =
        Agents.registered(stack).withFreshPrekeys(1, Randomness.secure(), Notes.now());

    Http.Answer answer = publish(mallory, bob.did(), mallory.prekeys().publication(Notes.now()));

    assertThat(answer.code()).isEqualTo("TALOS_DENIED");
    trail.failed(Replies.request(answer), ErrorCode.TALOS_DENIED, mallory.did());
    PrekeyBundle claimed = Replies.value(stack.client().agent(mallory).claimPrekeys(bob.did()));
    assertThat(Optional.of(claimed.signedPrekey())).isEqualTo(bob.prekeys().newest());
  }

  @Test
  void a_signed_prekey_that_mallory_signed_is_refused_also_from_bob_himself() {
    Identity bob = Agents.registered(stack).withFreshPrekeys(1, Randomness.secure(), Notes.now());
    Identity mallory = stranger().withFreshPrekeys(1, Randomness.secure(), Notes.now());
    JsonObjectBuilder forged =
        Json.createObjectBuilder(bob.prekeys().publication(Notes.now()))
            .add(
                "signed_prekey",
                mallory.prekeys().publication(Notes.now()).getJsonObject("signed_prekey"));

    Http.Answer answer = publish(bob, bob.did(), forged.build());

    assertThat(answer.code()).isEqualTo("PREKEY_INVALID");
    Replies.refused(
        stack.client().agent(bob).claimPrekeys(bob.did()), ErrorCode.PREKEY_UNAVAILABLE);
  }

  private Http.Answer publish(Identity signer, String owner, JsonObject body) {
    return http.send(
        http.request("PUT", "/identity/agents/" + owner + "/prekeys")
            .json(body.toString())
            .signed(stack.baseUri(), signer.signing(), Optional.empty()));
  }

  @Test
  void a_revoked_agent_is_nobody_any_more() {
    Identity alice = Agents.registered(stack);

    Http.Answer revoked =
        http.send(
            http.request("DELETE", "/identity/agents/" + alice.did())
                .bearer(stack.operatorToken()));

    assertThat(revoked.status()).as(revoked.text()).isEqualTo(204);
    Replies.refused(stack.client().agent(alice).whoami(), ErrorCode.AUTH_REVOKED);
    assertThat(
            Replies.value(stack.client().resolve(Did.parse(alice.did())))
                .containsKey("keyAgreement"))
        .isFalse();
    trail.one(Replies.request(revoked), "agent.revoked");
  }
}
