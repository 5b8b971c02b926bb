package io.talos.contracts.log.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.block.BlockValidation.Level;
import io.talos.contracts.log.block.BlockValidation.Rules;
import io.talos.contracts.log.block.BlockValidation.View;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory wants a peer to take a block that nobody produced, or that does not belong there. */
class ForgedBlockTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000Z");
  private static final int BITS = 8;
  private static final String ORIGIN = "talos.example/log";
  private static final Ed25519.KeyPair ALICE = keys(1);
  private static final Ed25519.KeyPair MALLORY = keys(2);
  private static final NoteSigner LOG = new NoteSigner(ORIGIN, keys(3));

  private final Bytes one = MerkleTree.leafHash(Bytes.utf8("one"));
  private final Bytes two = MerkleTree.leafHash(Bytes.utf8("two"));
  private final Checkpoint first = new Checkpoint(ORIGIN, 1, one);
  private final Checkpoint second = new Checkpoint(ORIGIN, 2, MerkleTree.nodeHash(one, two));
  private final Block parent = Block.produce(0, Block.NO_BLOCK, first, NOW, ALICE, BITS);
  private final Block child = child(second, NOW.plusSeconds(60), ALICE, BITS);

  private final BlockValidation peer =
      new BlockValidation(new Rules(BITS, Rules.AHEAD, Set.of(Did.ofKey(ALICE.publicKey()))));

  private static Ed25519.KeyPair keys(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  private Block child(Checkpoint checkpoint, Instant time, Ed25519.KeyPair producer, int bits) {
    return Block.produce(1, parent.hash(), checkpoint, time, producer, bits);
  }

  private View view() {
    return new View(
        Optional.of(parent),
        Optional.empty(),
        Optional.of(List.of(two)),
        Optional.of(LOG.verifier()),
        Optional.of(LOG.sign(second.text())));
  }

  private List<BlockFault> faults(Bytes text, View view) {
    return peer.judge(text, view, Level.PARANOID, NOW.plusSeconds(60)).faults();
  }

  private List<BlockFault> faults(Block block) {
    return faults(block.bytes(), view());
  }

  private static Bytes with(Block block, String member, JsonValue value) {
    return CanonicalJson.encode(Json.createObjectBuilder(block.json()).add(member, value).build());
  }

  private static Bytes without(Block block, String member) {
    return CanonicalJson.encode(Json.createObjectBuilder(block.json()).remove(member).build());
  }

  @Test
  void a_block_that_holds_passes_every_layer_and_the_report_says_so() {
    BlockReport report = peer.judge(child.bytes(), view(), Level.PARANOID, NOW.plusSeconds(60));

    assertThat(report.isValid()).isTrue();
    assertThat(report.passed()).containsExactly(BlockLayer.values());
    assertThat(report.block()).contains(child);
    assertThat(report.text()).contains("is valid", "holds: anchors");
    assertThat(BlockValidation.open(child.bytes())).isEqualTo(child);
  }

  @Test
  void the_first_block_has_nothing_before_it() {
    BlockReport report =
        peer.judge(parent.bytes(), View.after(Optional.empty()), Level.STRICT, NOW);

    assertThat(report.faults()).isEmpty();
    assertThat(parent.previous().hex()).isEqualTo("0".repeat(64));
  }

  @Test
  void what_is_no_block_is_found_by_its_form() {
    assertThat(faults(Bytes.utf8("{"), view())).containsExactly(BlockFault.MALFORMED);
    assertThat(faults(without(child, "nonce"), view())).containsExactly(BlockFault.MEMBER_MISSING);
    assertThat(faults(with(child, "height", Json.createValue("1")), view()))
        .containsExactly(BlockFault.MEMBER_TYPE);
    assertThat(faults(with(child, "extra", Json.createValue(1)), view()))
        .containsExactly(BlockFault.MALFORMED);
    assertThat(faults(Bytes.utf8(" ".repeat(5000)), view())).containsExactly(BlockFault.TOO_LARGE);
  }

  @Test
  void a_changed_member_leaves_another_hash() {
    JsonObject checkpoint =
        Json.createObjectBuilder(child.json().getJsonObject("checkpoint")).add("size", 3).build();

    assertThat(faults(with(child, "checkpoint", checkpoint), view())).contains(BlockFault.HASH);
    assertThat(faults(with(child, "nonce", Json.createValue(child.nonce() + 1)), view()))
        .contains(BlockFault.HASH);
    assertThat(faults(with(child, "hash", Json.createValue("0".repeat(64))), view()))
        .containsExactly(BlockFault.HASH, BlockFault.SIGNATURE);
  }

  @Test
  void a_signature_of_mallory_is_not_alices() {
    String signature =
        child(second, NOW.plusSeconds(60), MALLORY, BITS).json().getString("signature");

    assertThat(faults(with(child, "signature", Json.createValue(signature)), view()))
        .containsExactly(BlockFault.SIGNATURE);
  }

  @Test
  void a_log_that_was_rewritten_since_the_parent_is_found() {
    Checkpoint rewritten = new Checkpoint(ORIGIN, 2, MerkleTree.nodeHash(two, two));

    assertThat(faults(child(rewritten, NOW.plusSeconds(60), ALICE, BITS)))
        .containsExactly(BlockFault.GROWTH);
  }

  @Test
  void too_little_work_a_wrong_parent_and_a_wrong_time_are_found() {
    Block early = child(second, NOW, ALICE, BITS);
    Block orphan = Block.produce(1, child.hash(), second, NOW.plusSeconds(60), ALICE, BITS);
    Block lazy = child(second, NOW.plusSeconds(60), ALICE, BITS - 1);

    assertThat(faults(early)).containsExactly(BlockFault.TIME);
    assertThat(faults(orphan)).containsExactly(BlockFault.LINK);
    assertThat(faults(lazy)).containsExactly(BlockFault.WORK_CLAIM);
  }

  @Test
  void a_block_exactly_five_minutes_ahead_is_taken_and_one_a_millisecond_later_is_not() {
    Instant now = NOW.plusSeconds(60);
    Block last = child(second, now.plus(Duration.ofMinutes(5)), ALICE, BITS);
    Block late = child(second, now.plus(Duration.ofMinutes(5)).plusMillis(1), ALICE, BITS);

    assertThat(faults(last)).isEmpty();
    assertThat(faults(late)).containsExactly(BlockFault.TIME);
  }

  @Test
  void work_that_is_claimed_and_not_shown_is_found() {
    BlockReport report =
        peer.judge(with(child, "work_bits", Json.createValue(30)), view(), Level.STANDARD, NOW);

    // The claim is hashed as well, so Mallory cannot even claim without finding another nonce.
    assertThat(report.faults()).contains(BlockFault.HASH);
    assertThat(report.passed()).containsExactly(BlockLayer.STRUCTURE);
  }

  @Test
  void a_known_block_a_second_one_and_a_strangers_are_found() {
    Block other = child(second, NOW.plusSeconds(61), ALICE, BITS);
    Block strangers = child(second, NOW.plusSeconds(60), MALLORY, BITS);
    View knows =
        new View(
            Optional.of(parent),
            Optional.of(child),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    assertThat(faults(child.bytes(), knows)).containsExactly(BlockFault.DUPLICATE);
    assertThat(faults(other.bytes(), knows)).containsExactly(BlockFault.SECOND_AT_HEIGHT);
    assertThat(faults(strangers)).containsExactly(BlockFault.OUT_OF_PLACE);
  }

  @Test
  void a_log_that_shrank_is_found_without_any_proof() {
    Checkpoint empty = new Checkpoint(ORIGIN, 0, MerkleTree.emptyRoot());
    Block back = child(empty, NOW.plusSeconds(60), ALICE, BITS);

    assertThat(faults(back.bytes(), View.after(Optional.of(parent))))
        .containsExactly(BlockFault.OUT_OF_PLACE);
  }

  @Test
  void a_checkpoint_that_the_log_never_signed_is_found() {
    SignedNote forged = new NoteSigner(ORIGIN, MALLORY).sign(second.text());
    SignedNote another = LOG.sign(first.text());

    assertThat(faults(child.bytes(), withNote(forged)))
        .containsExactly(BlockFault.CHECKPOINT_UNSIGNED);
    assertThat(faults(child.bytes(), withNote(another)))
        .containsExactly(BlockFault.CHECKPOINT_DIFFERS);
  }

  private View withNote(SignedNote note) {
    View view = view();
    return new View(view.parent(), view.known(), view.growth(), view.log(), Optional.of(note));
  }

  @Test
  void the_numbers_are_those_of_1x_a_hundred_for_each_layer() {
    for (BlockFault fault : BlockFault.values()) {
      assertThat(List.of(BlockLayer.values()).indexOf(fault.layer()) + 1)
          .isEqualTo(fault.number() / 100);
    }
    assertThat(BlockFault.LINK.number()).isEqualTo(302);
  }

  @Test
  void the_report_of_a_refused_block_names_number_and_layer() {
    BlockReport report =
        peer.judge(
            child(second, NOW, ALICE, BITS).bytes(), view(), Level.STANDARD, NOW.plusSeconds(60));

    assertThat(report.text()).contains("is refused", "301 linkage: its time");
    assertThat(report.json().getJsonArray("faults").getJsonObject(0).getInt("number"))
        .isEqualTo(301);
  }
}
