package io.talos.contracts.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory stole a key of Alice's, or wants Alice's history to say what Alice never said. */
@Threat("T-IMPERSONATION-01")
class StolenKeyTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Ed25519.KeyPair FIRST = key(1);
  private static final Ed25519.KeyPair SECOND = key(2);
  private static final Ed25519.KeyPair RECOVERY = key(3);
  private static final Ed25519.KeyPair NEXT_RECOVERY = key(4);
  private static final Ed25519.KeyPair MALLORY = key(9);
  private static final Did ALICE = Did.ofKey(FIRST.publicKey());

  private final KeyHistory bare = KeyHistory.of(ALICE);
  private final KeyHistory begun =
      bare.with(bare.begin(FIRST, Optional.of(RECOVERY.publicKey()), NOW));

  @Test
  void without_statements_the_did_is_its_own_key() {
    assertThat(bare.currentKey()).isEqualTo(FIRST.publicKey());
    assertThat(bare.keyUrl().text()).isEqualTo(ALICE.keyUrl());
    assertThat(bare.recovery()).isEmpty();
    assertThat(bare.isRevoked()).isFalse();
  }

  @Test
  void alice_rotates_and_a_stranger_verifies_it_from_her_did_alone() {
    KeyHistory rotated = begun.with(begun.rotate(FIRST, SECOND, NOW.plusSeconds(1)));

    KeyHistory read = KeyHistory.fromJson(ALICE, rotated.toJson());

    assertThat(read.currentKey()).isEqualTo(SECOND.publicKey());
    assertThat(read.keyUrl().text())
        .isEqualTo(ALICE.text() + "#" + Multikey.ed25519(SECOND.publicKey()).text());
    assertThat(KeyUrl.parse(read.keyUrl().text())).isEqualTo(read.keyUrl());
    assertThat(read.toJson()).isEqualTo(rotated.toJson());
  }

  @Test
  void mallory_with_the_current_key_cannot_take_the_recovery_away() {
    KeyHistory stolen = begun.with(begun.rotate(FIRST, MALLORY, NOW));

    KeyHistory back =
        stolen.with(stolen.recover(RECOVERY, SECOND, Optional.of(NEXT_RECOVERY.publicKey()), NOW));

    assertThat(stolen.recovery()).contains(KeyHistory.promise(RECOVERY.publicKey()));
    assertThat(back.currentKey()).isEqualTo(SECOND.publicKey());
    assertThat(back.recovery()).contains(KeyHistory.promise(NEXT_RECOVERY.publicKey()));
    assertThat(back.refusal(forged(back, MALLORY, key(10)))).contains(INVALID);
  }

  @Test
  void a_recovery_key_that_was_shown_is_spent() {
    KeyHistory back = begun.with(begun.recover(RECOVERY, SECOND, Optional.empty(), NOW));

    assertThat(back.recovery()).isEmpty();
    assertThatThrownBy(() -> back.recover(RECOVERY, key(10), Optional.empty(), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_key_that_was_not_promised_recovers_nothing() {
    assertThatThrownBy(() -> begun.recover(MALLORY, key(10), Optional.empty(), NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> bare.recover(RECOVERY, key(10), Optional.empty(), NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_retired_key_never_comes_back() {
    KeyHistory rotated = begun.with(begun.rotate(FIRST, SECOND, NOW));

    assertThatThrownBy(() -> rotated.rotate(SECOND, FIRST, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rotated.rotate(SECOND, SECOND, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rotated.rotate(SECOND, RECOVERY, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(rotated.refusal(forged(rotated, FIRST, key(10)))).contains(INVALID);
  }

  @Test
  void a_new_key_that_does_not_prove_itself_is_refused() {
    JsonObject good = begun.rotate(FIRST, SECOND, NOW).toJson();
    KeyStatement stranger = resigned(with(good, "key", multikey(MALLORY)), FIRST);

    assertThat(begun.refusal(stranger)).contains(INVALID);
  }

  @Test
  void a_proof_does_not_pass_for_a_signature_nor_a_signature_for_a_proof() {
    JsonObject good = begun.rotate(FIRST, SECOND, NOW).toJson();

    assertThat(begun.refusal(read(with(good, "signature", good.getString("key_proof")))))
        .contains(INVALID);
    assertThat(begun.refusal(read(with(good, "key_proof", good.getString("signature")))))
        .contains(INVALID);
  }

  @Test
  void every_changed_member_breaks_the_statement() {
    JsonObject good = begun.rotate(FIRST, SECOND, NOW).toJson();

    assertThat(begun.refusal(read(good))).isEmpty();
    assertThat(begun.refusal(read(with(good, "created_at", "2026-05-04T10:00:00.001Z"))))
        .contains(INVALID);
    assertThat(begun.refusal(read(with(good, "previous", "0".repeat(64))))).contains(CONFLICT);
    assertThat(begun.refusal(read(with(good, "did", Did.ofKey(MALLORY.publicKey()).text()))))
        .contains(CONFLICT);
    assertThat(begun.refusal(read(with(good, "sequence", Json.createValue(2))))).contains(CONFLICT);
  }

  @Test
  void a_statement_cannot_be_left_out_repeated_or_branched_off() {
    KeyStatement rotation = begun.rotate(FIRST, SECOND, NOW);
    KeyStatement branch = begun.rotate(FIRST, MALLORY, NOW);
    KeyHistory rotated = begun.with(rotation);

    assertThat(rotated.refusal(rotation)).contains(CONFLICT);
    assertThat(rotated.refusal(branch)).contains(CONFLICT);
    assertThatThrownBy(() -> KeyHistory.verify(ALICE, List.of(rotation)))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(CONFLICT));
    assertThatThrownBy(() -> KeyHistory.verify(Did.ofKey(MALLORY.publicKey()), begun.statements()))
        .isInstanceOf(TalosException.class);
  }

  @Test
  void time_does_not_run_backwards_and_the_same_instant_is_good() {
    assertThat(begun.refusal(begun.rotate(FIRST, SECOND, NOW))).isEmpty();
    assertThatThrownBy(() -> begun.rotate(FIRST, SECOND, NOW.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothing_follows_a_revocation_by_either_key() {
    KeyHistory byKey = begun.with(begun.revoke(FIRST, NOW));
    KeyHistory byRecovery = begun.with(begun.revoke(RECOVERY, NOW));

    assertThat(byKey.isRevoked() && byRecovery.isRevoked()).isTrue();
    assertThat(byKey.refusal(forged(byKey, FIRST, SECOND))).contains(CONFLICT);
    assertThatThrownBy(() -> begun.revoke(MALLORY, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void members_that_do_not_belong_to_the_type_are_refused() {
    JsonObject rotation = begun.rotate(FIRST, SECOND, NOW).toJson();

    malformed(with(rotation, "recovery", "0".repeat(64)));
    malformed(with(rotation, "recovery_key", multikey(RECOVERY)));
    malformed(with(rotation, "type", "inception"));
    malformed(with(rotation, "type", "ROTATE"));
    malformed(with(rotation, "type", "recover"));
    malformed(with(rotation, "note", "hello"));
    malformed(with(rotation, "sequence", Json.createValue(256)));
    malformed(with(rotation, "sequence", Json.createValue(new java.math.BigDecimal("1.0"))));
    malformed(with(rotation, "sequence", Json.createValue(-1)));
    malformed(Json.createObjectBuilder(rotation).remove("key_proof").build());
    malformed(Json.createObjectBuilder(rotation).remove("previous").build());
    malformed(with(rotation, "did", ALICE.alias()));
    malformed(with(rotation, "key", Multikey.ed25519(smallOrder()).text()));
  }

  @Test
  void a_full_history_still_lets_the_owner_recover_and_revoke() {
    KeyHistory history = begun;
    Ed25519.KeyPair current = FIRST;
    while (history.statements().size() < Limits.STATEMENTS_MAX - Limits.STATEMENTS_RESERVED) {
      Ed25519.KeyPair next = key(100 + history.statements().size());
      history = history.with(history.rotate(current, next, NOW));
      current = next;
    }
    KeyHistory full = history;

    assertThat(full.refusal(forged(full, current, SECOND))).contains(CONFLICT);
    KeyHistory back = full.with(full.recover(RECOVERY, SECOND, Optional.empty(), NOW));
    assertThat(back.with(back.revoke(SECOND, NOW)).isRevoked()).isTrue();
  }

  @Test
  void a_key_spoke_only_between_its_beginning_and_its_end() {
    Instant turn = NOW.plusSeconds(3600);
    Duration slack = Duration.ofSeconds(60);
    KeyHistory rotated = begun.with(begun.rotate(FIRST, SECOND, turn));

    assertThat(rotated.spoke(FIRST.publicKey(), NOW.minusSeconds(99), slack)).isTrue();
    assertThat(rotated.spoke(FIRST.publicKey(), turn.plusSeconds(60), slack)).isTrue();
    assertThat(rotated.spoke(FIRST.publicKey(), turn.plusSeconds(61), slack)).isFalse();
    assertThat(rotated.spoke(SECOND.publicKey(), turn.minusSeconds(60), slack)).isTrue();
    assertThat(rotated.spoke(SECOND.publicKey(), turn.minusSeconds(61), slack)).isFalse();
    assertThat(rotated.spoke(MALLORY.publicKey(), turn, slack)).isFalse();
    KeyHistory ended = rotated.with(rotated.revoke(SECOND, turn));
    assertThat(ended.spoke(SECOND.publicKey(), turn.plusSeconds(61), slack)).isFalse();
  }

  @Test
  void a_key_url_with_a_fragment_that_cannot_sign_is_refused() {
    for (String fragment :
        List.of("", "key-1", Multikey.x25519(FIRST.publicKey()).text(), smallOrderText())) {
      assertThatThrownBy(() -> KeyUrl.parse(ALICE.text() + "#" + fragment))
          .isInstanceOfSatisfying(
              TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DID_INVALID));
    }
    assertThatThrownBy(() -> KeyUrl.parse("did:web:example.org#" + multikey(FIRST)))
        .isInstanceOf(TalosException.class);
    assertThat(KeyUrl.parse(ALICE.text()).isOwn()).isTrue();
    assertThat(KeyUrl.parse(ALICE.alias()).isOwn()).isTrue();
    assertThat(KeyUrl.parse(ALICE.text() + "#" + multikey(SECOND)).isOwn()).isFalse();
  }

  private static final ErrorCode INVALID = ErrorCode.KEY_STATEMENT_INVALID;
  private static final ErrorCode CONFLICT = ErrorCode.KEY_HISTORY_CONFLICT;

  /** A rotation in {@code history}'s place, signed by whoever wants to. */
  private static KeyStatement forged(
      KeyHistory history, Ed25519.KeyPair signer, Ed25519.KeyPair next) {
    Bytes none = Bytes.of(new byte[Ed25519.SIGNATURE_SIZE]);
    return new KeyStatement(
            ALICE,
            KeyStatement.Type.ROTATE,
            history.statements().size(),
            history.last().map(KeyStatement::hash),
            Optional.of(next.publicKey()),
            Optional.empty(),
            Optional.empty(),
            history.last().orElseThrow().createdAt(),
            Optional.of(none),
            none)
        .signedBy(signer, Optional.of(next));
  }

  private static KeyStatement resigned(JsonObject json, Ed25519.KeyPair signer) {
    KeyStatement statement = read(json);
    Bytes signature = signer.sign(statement.signedBytes());
    return read(with(json, "signature", io.talos.contracts.codec.Base64Url.encode(signature)));
  }

  private static KeyStatement read(JsonObject json) {
    KeyStatement statement = KeyStatement.fromJson(json);
    assertThat(CanonicalJson.encode(statement.toJson())).isEqualTo(CanonicalJson.encode(json));
    return statement;
  }

  private static void malformed(JsonObject json) {
    assertThatThrownBy(() -> KeyStatement.fromJson(json))
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(INVALID));
  }

  private static JsonObject with(JsonObject json, String name, String value) {
    return with(json, name, Json.createValue(value));
  }

  private static JsonObject with(JsonObject json, String name, JsonValue value) {
    return Json.createObjectBuilder(json).add(name, value).build();
  }

  private static String multikey(Ed25519.KeyPair pair) {
    return Multikey.ed25519(pair.publicKey()).text();
  }

  /** The neutral element: y = 1. */
  private static Bytes smallOrder() {
    byte[] one = new byte[32];
    one[0] = 1;
    return Bytes.of(one);
  }

  private static String smallOrderText() {
    return Multikey.ed25519(smallOrder()).text();
  }

  private static Ed25519.KeyPair key(int fill) {
    byte[] seed = new byte[Ed25519.SEED_SIZE];
    Arrays.fill(seed, (byte) 7);
    seed[0] = (byte) fill;
    seed[1] = (byte) (fill >>> 8);
    return Ed25519.fromSeed(SecretBytes.of(seed));
  }
}
