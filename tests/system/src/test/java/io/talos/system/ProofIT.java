package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.AuditReader;
import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.SignedRequest;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A stranger with a file and the log's key decides for herself what happened. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class ProofIT {
  /** Each run starts elsewhere, so that over the runs every byte is met. */
  private static final int EVERY = 5;

  private final Stack stack;
  private final Notes notes;
  private final Identity bob;
  private final NoteKey logKey;
  private final BundleVerifier verifier;

  ProofIT(Stack stack) {
    this.stack = stack;
    this.notes = stack.notes();
    this.bob = Agents.registered(stack);
    this.logKey = Replies.value(stack.client().logKey());
    this.verifier = new BundleVerifier(logKey);
  }

  private SignedNote checkpoint() {
    return Replies.value(stack.client().checkpoint());
  }

  private OptionalLong size(SignedNote note) {
    return OptionalLong.of(Checkpoint.open(note, logKey).size());
  }

  private AuditReader bobs() {
    return stack.client().agent(bob).audit();
  }

  private static Verification.Verified verified(Verification result) {
    return result.match(
        holds -> holds,
        refused -> {
          throw new AssertionError(refused.step() + ": " + refused.why());
        });
  }

  @Test
  void bobs_call_is_proved_offline_down_to_his_own_signature() {
    SignedNote earlier = checkpoint();
    PreparedRequest request =
        notes
            .session(bob, notes.grant(bob, 0))
            .prepareCall(Notes.WRITE, Notes.note(Notes.freshNote(), "proved"));
    Reply<?> answer = stack.client().send(request);
    UuidV7 admission = Replies.admission(Replies.granted(answer));

    Bytes bundle = Replies.value(bobs().awaitBundle(admission, size(earlier)));

    Verification.Verified proof = verified(verifier.verify(bundle, earlier));
    assertThat(proof.proved())
        .containsExactlyElementsOf(EnumSet.complementOf(EnumSet.of(Verification.Step.ANCHORS)));
    assertThat(bundle.size()).as(bundle.utf8()).isLessThanOrEqualTo(8 * 1024);
    assertThat(proof.gaps()).isEmpty();
    SignedRequest signed = proof.request().orElseThrow();
    assertThat(signed.method()).isEqualTo("POST");
    assertThat(signed.targetUri()).isEqualTo(request.uri().toString());
    assertThat(signed.keyId()).isEqualTo(Did.parse(bob.did()).keyUrl());
  }

  @Test
  void no_byte_of_a_proof_can_be_flipped_unnoticed() {
    SignedNote earlier = checkpoint();
    UuidV7 admission = Replies.admission(stack.client().agent(bob).whoami());
    Bytes bundle = Replies.value(bobs().awaitBundle(admission, size(earlier)));
    verified(verifier.verify(bundle, earlier));

    int first = Math.floorMod(Randomness.secure().nextLong(), EVERY);
    for (int i = first; i < bundle.size(); i += EVERY) {
      byte[] flipped = bundle.toArray();
      flipped[i] ^= 1;
      assertThat(verifier.verify(Bytes.of(flipped), earlier))
          .as("byte %d of %s", i, bundle.utf8())
          .isInstanceOf(Verification.Refused.class);
    }
  }

  @Test
  void a_bundle_of_another_log_or_against_a_forged_history_is_refused() {
    UuidV7 admission = Replies.admission(stack.client().agent(bob).whoami());
    SignedNote earlier = checkpoint();
    Bytes bundle = Replies.value(bobs().awaitBundle(admission, size(earlier)));
    Ed25519.KeyPair mallorys = Ed25519.generate(Randomness.secure());
    Checkpoint seen = Checkpoint.open(earlier, logKey);
    NoteKey mallorysKey = new NoteKey(logKey.name(), mallorys.publicKey());
    SignedNote forged =
        new NoteSigner(logKey.name(), mallorys)
            .sign(new Checkpoint(seen.origin(), seen.size(), Hex.decode("00".repeat(32))).text());

    assertThat(new BundleVerifier(mallorysKey).verify(bundle))
        .isInstanceOf(Verification.Refused.class);
    assertThat(verifier.verify(bundle, forged)).isInstanceOf(Verification.Refused.class);
  }

  @Test
  @Threat("T-METADATA-01")
  void nobody_but_its_own_principal_and_an_operator_reads_an_event() {
    UuidV7 bobsEvent = Replies.admission(stack.client().agent(bob).whoami());
    Identity mallory = Agents.registered(stack);
    AuditReader mallorys = stack.client().agent(mallory).audit();

    Replies.granted(bobs().event(bobsEvent));
    JsonObject seen = Replies.value(stack.operator().audit().event(bobsEvent));
    for (UuidV7 id : List.of(bobsEvent, Notes.freshId())) {
      Replies.refused(mallorys.event(id), ErrorCode.AUDIT_EVENT_NOT_FOUND);
      Replies.refused(mallorys.bundle(id, OptionalLong.empty()), ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    assertThat(seen.getJsonObject("event").getJsonObject("principal").getString("id"))
        .isEqualTo(bob.did());
    Http http = stack.http();
    String path = "/audit/events/" + bobsEvent + "/proof";
    assertThat(
            http.send(
                    http.request("GET", path)
                        .signed(stack.baseUri(), mallory.signing(), Optional.empty()))
                .code())
        .isEqualTo("AUDIT_EVENT_NOT_FOUND");
    assertThat(http.get(path).code()).isEqualTo("AUTH_MISSING");
  }

  @Test
  void an_operators_event_is_proved_but_not_that_the_operator_asked() {
    SignedNote earlier = checkpoint();
    UuidV7 admission = Replies.admission(stack.operator().whoami());

    Bytes bundle = Replies.value(stack.operator().audit().awaitBundle(admission, size(earlier)));

    Verification.Verified proof = verified(verifier.verify(bundle, earlier));
    assertThat(proof.proved()).doesNotContain(Verification.Step.CALLER);
    assertThat(proof.gaps()).containsExactly(Verification.Gap.BEARER);
    assertThat(proof.request()).isEmpty();
  }

  @Test
  void a_client_with_a_virtual_key_gets_the_proof_of_its_own_event_and_no_proof_that_it_asked() {
    Http http = stack.http();
    String key =
        http.send(
                http.request("POST", "/identity/keys")
                    .bearer(stack.operatorToken())
                    .json("{\"name\":\"proof\"}"))
            .json()
            .getString("key");
    String event =
        http.send(http.request("GET", "/identity/whoami").bearer(key))
            .headers()
            .getOrDefault("talos-admission", "");
    String path = "/audit/events/" + event + "/bundle";

    Patiently.until(
        "the proof is there",
        () -> http.send(http.request("GET", path).bearer(key)).status() == 200);

    Bytes bundle = http.send(http.request("GET", path).bearer(key)).bytes();
    assertThat(verified(verifier.verify(bundle)).gaps())
        .containsExactly(Verification.Gap.NO_EARLIER_CHECKPOINT, Verification.Gap.BEARER);
    assertThat(bundle.utf8()).doesNotContain(key);
  }

  @Test
  void the_log_goes_on_after_a_restart_where_it_was_and_under_the_same_key() {
    SignedNote before = checkpoint();
    UuidV7 old = Replies.admission(stack.client().agent(bob).whoami());
    Replies.granted(bobs().awaitBundle(old, size(before)));
    SignedNote covering = checkpoint();

    stack.launcher().liberty().restart(Map.of());

    assertThat(Replies.value(stack.client().logKey())).isEqualTo(logKey);
    UuidV7 fresh = Replies.admission(stack.client().agent(bob).whoami());
    for (UuidV7 event : List.of(old, fresh)) {
      for (SignedNote earlier : List.of(before, covering)) {
        Bytes bundle = Replies.value(bobs().awaitBundle(event, size(earlier)));
        Verification.Verified proof = verified(verifier.verify(bundle, earlier));
        assertThat(proof.proved()).contains(Verification.Step.CONSISTENCY);
        assertThat(proof.checkpoint().size())
            .isGreaterThanOrEqualTo(Checkpoint.open(covering, logKey).size());
      }
    }
  }

  @Test
  void a_history_longer_than_the_log_is_not_made_up() {
    UuidV7 event = Replies.admission(stack.client().agent(bob).whoami());
    Replies.granted(bobs().awaitBundle(event, OptionalLong.empty()));

    Replies.refused(bobs().bundle(event, OptionalLong.of(1L << 40)), ErrorCode.TALOS_INVALID_INPUT);
  }
}
