package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Verification.Step;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.log.anchor.AnchorVerifier.Trust;
import io.talos.contracts.log.block.Block;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory hangs anchors on a bundle, so that an auditor believes that others saw it. */
class AnchoredBundleTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");

  private final Randomness randomness = Randomness.secure();
  private final NoteSigner log = new NoteSigner("talos.example/log", Ed25519.generate(randomness));
  private final Ed25519.KeyPair others = Ed25519.generate(randomness);
  private final Cosignature.Signer witness = new Cosignature.Signer("bob.example/w", others);
  private final AuditEvent event = event();
  private final Checkpoint checkpoint = checkpoint();

  private final Trust trust =
      new Trust(
          List.of(witness.verifier()),
          Optional.empty(),
          Set.of(),
          Set.of(Did.ofKey(others.publicKey())));

  private AuditEvent event() {
    AuditFacts facts =
        AuditFacts.act(
            "note.written", new AuditFacts.Resource("note", "n"), JsonObject.EMPTY_JSON_OBJECT);
    return AuditEvent.of(
        facts,
        Optional.empty(),
        new AuditEvent.Place(new UuidV7Generator(randomness).next(NOW), NOW, "node-1/0", 0),
        randomness);
  }

  private Checkpoint checkpoint() {
    return new Checkpoint(log.name(), 1, LogLeaf.of(event.json(), 0).hash());
  }

  private Bytes bundle(List<JsonObject> anchors) {
    return Bytes.utf8(
        new ProofBundle(
                event.json(),
                LogLeaf.of(event.json(), 0).json(),
                1,
                List.of(),
                log.sign(checkpoint.text()).encoded(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                anchors)
            .json()
            .toString());
  }

  private JsonObject cosigned(String text) {
    return Anchor.witness(witness.verifier(), witness.cosign(text, NOW), NOW).json();
  }

  private JsonObject block(Checkpoint over) {
    return Anchor.block(Block.produce(0, Block.NO_BLOCK, over, NOW, others, 8), NOW).json();
  }

  private Verification verify(Trust trusted, JsonObject... anchors) {
    return new BundleVerifier(LogKeys.of(log.verifier()), trusted).verify(bundle(List.of(anchors)));
  }

  private static Verification.Verified verified(Verification result) {
    return result.match(
        holds -> holds,
        refused -> {
          throw new AssertionError(refused.step() + ": " + refused.why());
        });
  }

  private static void assertRefused(Verification result, Step step) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Verification.Refused.class, refused -> assertThat(refused.step()).isEqualTo(step));
  }

  @Test
  void the_anchors_of_those_who_are_trusted_hold_and_say_what_they_prove() {
    Verification.Verified proof =
        verified(verify(trust, cosigned(checkpoint.text()), block(checkpoint)));

    assertThat(proof.proved()).contains(Step.INCLUSION, Step.ANCHORS);
    assertThat(proof.anchors()).hasSize(2).allMatch(AnchorCheck.Holds.class::isInstance);
    assertThat(proof.unknownAnchors()).isEmpty();
  }

  @Test
  void the_anchors_of_strangers_and_of_unknown_kinds_are_not_shown_and_not_passed_over() {
    JsonObject unknown =
        Json.createObjectBuilder().add("kind", "stone_tablet").add("found", true).build();

    Verification.Verified proof =
        verified(verify(Trust.NOBODY, cosigned(checkpoint.text()), block(checkpoint), unknown));

    assertThat(proof.proved()).doesNotContain(Step.ANCHORS);
    assertThat(proof.anchors()).hasSize(2).allMatch(AnchorCheck.NotShown.class::isInstance);
    assertThat(proof.unknownAnchors()).containsExactly("stone_tablet");
  }

  @Test
  void an_anchor_of_another_checkpoint_or_without_its_form_refuses_the_whole_bundle() {
    Checkpoint other = new Checkpoint(log.name(), 2, checkpoint.root());
    JsonObject bent = Json.createObjectBuilder(cosigned(checkpoint.text())).add("more", 1).build();

    assertRefused(verify(trust, cosigned(other.text())), Step.ANCHORS);
    assertRefused(verify(trust, cosigned(checkpoint.text()), block(other)), Step.ANCHORS);
    assertRefused(verify(trust, bent), Step.ANCHORS);
  }

  @Test
  void more_anchors_than_a_bundle_holds_or_without_a_kind_are_no_bundle() {
    JsonObject one = cosigned(checkpoint.text());
    JsonObject nameless = Json.createObjectBuilder().add("king", "witness").build();

    assertRefused(
        verify(trust, Collections.nCopies(17, one).toArray(JsonObject[]::new)), Step.FORM);
    assertRefused(verify(trust, nameless), Step.FORM);
  }
}
