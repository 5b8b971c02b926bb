package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.client.Sessions;
import io.talos.client.TalosClient;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.ChannelIdentity;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory has a key that spoke for Alice once, or wants hers to speak for Alice now. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class RetiredKeyIT {
  private static final int ROTATIONS_AT_ONCE = 6;

  private final Stack stack;
  private final Trail trail;
  private final Ed25519.KeyPair recovery = Ed25519.generate(Randomness.secure());
  private final Identity alice;

  RetiredKeyIT(Stack stack) {
    this.stack = stack;
    this.trail = new Trail(stack);
    this.alice =
        Identity.generate(Randomness.secure())
            .begun(Optional.of(recovery.publicKey()), Notes.now());
    Replies.granted(stack.client().agent(alice).register(Optional.empty()));
  }

  private Identity rotated() {
    Identity next = alice.rotated(Randomness.secure(), Notes.now());
    Replies.granted(stack.client().bring(next));
    return next;
  }

  private Reply<JsonObject> whoami(Identity who) {
    return stack.client().agent(who).whoami();
  }

  private void isRetired(Identity who) {
    Replies.refused(whoami(who), ErrorCode.AUTH_REVOKED);
  }

  @Test
  void a_rotated_key_speaks_for_the_same_agent_and_the_retired_one_for_nobody() {
    Identity next = rotated();

    assertThat(Replies.value(whoami(next)).getString("id")).isEqualTo(alice.did());
    isRetired(alice);
    KeyHistory history = Replies.value(stack.client().keyHistory(Did.parse(alice.did())));
    assertThat(history).isEqualTo(next.history());
    List<JsonObject> told = about("agent.key_rotated");
    assertThat(told).hasSize(1);
    JsonObject meta = told.get(0).getJsonObject("meta");
    assertThat(meta.getString("retired_key")).isEqualTo(multikey(alice.signing()));
    assertThat(meta.getString("key")).isEqualTo(multikey(next.signing()));
    assertThat(meta.getString("statement_hash"))
        .isEqualTo(history.last().orElseThrow().hash().hex());
  }

  @Test
  void bringing_a_rotation_again_changes_nothing() {
    Identity next = rotated();

    Replies.granted(stack.client().bring(next));

    assertThat(about("agent.key_rotated")).hasSize(1);
  }

  @Test
  void a_key_that_mallory_puts_under_alices_did_is_refused() {
    Ed25519.KeyPair mallory = Ed25519.generate(Randomness.secure());
    KeyHistory invented =
        alice.history().with(alice.history().rotate(alice.signing(), mallory, Notes.now()));
    Identity impostor = Identity.of(invented, mallory, alice.channel().pair());

    Replies.refused(whoami(impostor), ErrorCode.AUTH_INVALID);
  }

  @Test
  void mallory_rotates_the_stolen_key_and_alice_takes_herself_back() {
    Identity thief = alice.rotated(Randomness.secure(), Notes.now());
    Replies.granted(stack.client().bring(thief));
    isRetired(alice);

    TalosClient anybody = stack.client();
    KeyHistory known = Replies.value(anybody.keyHistory(Did.parse(alice.did())));
    Identity back =
        Identity.recovered(known, recovery, Optional.empty(), Randomness.secure(), Notes.now());
    Replies.granted(anybody.bring(back));

    assertThat(Replies.value(whoami(back)).getString("id")).isEqualTo(alice.did());
    isRetired(thief);
    assertThat(about("agent.key_recovered")).hasSize(1);
    Identity again = thief.rotated(Randomness.secure(), Notes.now());
    assertThat(anybody.bring(again)).isInstanceOf(Reply.Refused.class);
    assertThat(Replies.value(whoami(back)).getString("id")).isEqualTo(alice.did());
  }

  @Test
  void a_revocation_by_the_recovery_key_ends_the_agent_everywhere() {
    KeyStatement end = alice.history().revoke(recovery, Notes.now());

    Replies.granted(stack.client().bring(alice.history().with(end), Optional.empty(), recovery));

    isRetired(alice);
    JsonObject told = about("agent.revoked").get(0).getJsonObject("meta");
    assertThat(told.getString("by")).isEqualTo("recovery_key");
    assertThat(told.getString("retired_key")).isEqualTo(multikey(alice.signing()));
    Identity late =
        Identity.recovered(
            alice.history(), recovery, Optional.empty(), Randomness.secure(), Notes.now());
    assertThat(stack.client().bring(late)).isInstanceOf(Reply.Refused.class);
  }

  @Test
  void of_many_rotations_at_once_one_wins_and_the_history_stays_one_line()
      throws InterruptedException, ExecutionException {
    List<Identity> wishes =
        IntStream.range(0, ROTATIONS_AT_ONCE)
            .mapToObj(i -> alice.rotated(Randomness.secure(), Notes.now()))
            .toList();

    List<Reply<JsonObject>> replies = AtOnce.each(wishes, stack.client()::bring);

    List<Identity> winners =
        IntStream.range(0, ROTATIONS_AT_ONCE)
            .filter(i -> whoami(wishes.get(i)) instanceof Reply.Granted)
            .mapToObj(wishes::get)
            .toList();
    assertThat(winners).hasSize(1);
    assertThat(replies.stream().filter(Reply.Granted.class::isInstance)).hasSize(1);
    assertThat(Replies.value(stack.client().keyHistory(Did.parse(alice.did()))))
        .isEqualTo(winners.get(0).history());
    assertThat(about("agent.key_rotated")).hasSize(1);
  }

  @Test
  void a_call_by_a_rotated_key_is_proved_offline_with_the_history_and_not_without() {
    Identity next = rotated();
    UuidV7 admission = Replies.admission(Replies.granted(whoami(next)));
    Bytes bundle =
        Replies.value(
            stack.client().agent(next).audit().awaitBundle(admission, OptionalLong.empty()));
    BundleVerifier verifier = new BundleVerifier(Replies.value(stack.client().logKey()));

    Verification proof = verifier.verify(bundle);

    assertThat(proof).as(proof.toString()).isInstanceOf(Verification.Verified.class);
    assertThat(((Verification.Verified) proof).request().orElseThrow().keyId())
        .isEqualTo(next.history().keyUrl().text());
    ProofBundle whole = ProofBundle.parse(bundle, new SchemaLibrary());
    assertThat(whole.keyHistory()).isEqualTo(next.history().statements());
    ProofBundle stripped =
        new ProofBundle(
            whole.event(),
            whole.leaf(),
            whole.size(),
            whole.path(),
            whole.checkpoint(),
            whole.consistency(),
            whole.signatureBase());
    assertThat(verifier.verify(Bytes.utf8(stripped.json().toString())))
        .isInstanceOf(Verification.Refused.class);
  }

  @Test
  void sessions_are_opened_with_and_by_an_agent_that_rotated_and_go_on_when_one_does() {
    Identity next = rotated().withFreshPrekeys(2, Randomness.secure(), Notes.now());
    Replies.granted(stack.client().agent(next).publishPrekeys(next));
    Identity bob = Talk.withPrekeys(stack);

    Channel bobs = Replies.value(stack.client().agent(bob).sessions().open(Did.parse(alice.did())));
    Sessions.Accepted accepted =
        Replies.value(
            stack.client().agent(next).sessions().accept(bobs.session(), Did.parse(bob.did())));
    Replies.granted(bobs.send(Bytes.utf8("to the new key")));
    assertThat(Replies.value(accepted.channel().receive()).get(0).plaintext().utf8())
        .isEqualTo("to the new key");

    Channel alices =
        Replies.value(stack.client().agent(next).sessions().open(Did.parse(bob.did())));
    Channel bobsSecond =
        Replies.value(
                stack
                    .client()
                    .agent(bob)
                    .sessions()
                    .accept(alices.session(), Did.parse(alice.did())))
            .channel();
    Replies.granted(alices.send(Bytes.utf8("by the new key")));
    assertThat(Replies.value(bobsSecond.receive()).get(0).plaintext().utf8())
        .isEqualTo("by the new key");
  }

  @Test
  void prekeys_that_the_retired_key_signed_are_given_to_nobody() {
    Identity stocked = alice.withFreshPrekeys(1, Randomness.secure(), Notes.now());
    Replies.granted(stack.client().agent(stocked).publishPrekeys(stocked));
    Identity bob = Agents.registered(stack);

    rotated();

    Replies.refused(
        stack.client().agent(bob).claimPrekeys(alice.did()), ErrorCode.PREKEY_UNAVAILABLE);
  }

  @Test
  void a_rotation_without_a_certified_key_agreement_key_changes_nothing() {
    Identity next = alice.rotated(Randomness.secure(), Notes.now());
    ChannelIdentity other =
        ChannelIdentity.generate(Ed25519.generate(Randomness.secure()), Randomness.secure());

    Replies.refused(
        stack.client().bring(next.history(), Optional.empty(), next.signing()),
        ErrorCode.KEY_AGREEMENT_INVALID);
    Replies.refused(
        stack.client().bring(next.history(), Optional.of(other.certified()), next.signing()),
        ErrorCode.KEY_AGREEMENT_INVALID);

    assertThat(Replies.value(whoami(alice)).getString("id")).isEqualTo(alice.did());
    assertThat(about("agent.key_rotated")).isEmpty();
  }

  private List<JsonObject> about(String kind) {
    return trail.events(
        "kind = '" + kind + "' and (event::json)->'resource'->>'id' = '" + alice.did() + "'");
  }

  private static String multikey(Ed25519.KeyPair pair) {
    return Multikey.ed25519(pair.publicKey()).text();
  }
}
