package io.talos.contracts.log.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Secp256k1;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Cosignature;
import io.talos.contracts.log.anchor.AnchorVerifier.Trust;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.schema.SchemaLibrary;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mallory hangs evidence on a checkpoint that it does not belong to. */
class ForgedAnchorTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Checkpoint CHECKPOINT =
      new Checkpoint("talos.example/log", 5, Sha256.of(Bytes.utf8("root")));
  private static final String TEXT = CHECKPOINT.text();
  private static final String OTHER =
      new Checkpoint("talos.example/log", 6, Sha256.of(Bytes.utf8("root"))).text();

  private static final Ed25519.KeyPair KEYS = Ed25519.fromSeed(SecretBytes.of(seed(32)));
  private static final Cosignature.Signer BOB = new Cosignature.Signer("bob.example/w", KEYS);
  private static final Secp256k1.KeyPair ACCOUNT = Secp256k1.fromSecret(SecretBytes.of(seed(32)));

  private static byte[] seed(int size) {
    byte[] seed = new byte[size];
    seed[0] = 9;
    return seed;
  }

  private static final AnchorVerifier AUDITOR =
      new AnchorVerifier(
          new Trust(
              List.of(BOB.verifier()),
              Optional.empty(),
              Set.of(EvmAddress.of(ACCOUNT.publicKey())),
              Set.of(Did.ofKey(KEYS.publicKey()))));

  static Stream<Anchor> anchors() {
    return Stream.of(
        Anchor.witness(BOB.verifier(), BOB.cosign(TEXT, NOW), NOW),
        Anchor.evm(
            new EvmTransaction(
                    1,
                    0,
                    BigInteger.ONE,
                    BigInteger.TEN,
                    50_000,
                    EvmAddress.of(ACCOUNT.publicKey()),
                    Anchor.callData(TEXT))
                .sign(ACCOUNT),
            12,
            Sha256.of(Bytes.utf8("block")),
            NOW),
        Anchor.block(Block.produce(0, Block.NO_BLOCK, CHECKPOINT, NOW, KEYS, 8), NOW));
  }

  @ParameterizedTest
  @MethodSource("anchors")
  void evidence_holds_for_its_checkpoint_and_is_read_back(Anchor anchor) {
    assertThat(Anchor.parse(anchor.json(), new SchemaLibrary())).isEqualTo(anchor);
    assertThat(AUDITOR.check(anchor, TEXT)).isInstanceOf(AnchorCheck.Holds.class);
  }

  @ParameterizedTest
  @MethodSource("anchors")
  void evidence_of_one_checkpoint_is_refused_for_another(Anchor anchor) {
    assertThat(AUDITOR.check(anchor, OTHER)).isInstanceOf(AnchorCheck.Refused.class);
  }

  @ParameterizedTest
  @MethodSource("anchors")
  void evidence_of_somebody_whom_nobody_trusts_is_not_shown(Anchor anchor) {
    assertThat(new AnchorVerifier(Trust.NOBODY).check(anchor, TEXT))
        .isInstanceOf(AnchorCheck.NotShown.class);
  }

  @ParameterizedTest
  @MethodSource("anchors")
  void a_changed_member_never_holds_as_something_else(Anchor anchor) {
    String member =
        switch (anchor.kind()) {
          case WITNESS -> "cosignature";
          case EVM -> "transaction";
          default -> "confirmed_at";
        };
    String text = anchor.json().getString(member);
    Anchor changed =
        new Anchor(
            anchor.kind(),
            Json.createObjectBuilder(anchor.json())
                .add(member, text.substring(0, text.length() - 3) + "000")
                .build());

    assertThat(AUDITOR.check(changed, TEXT))
        .isInstanceOf(
            anchor.kind() == AnchorKind.BLOCK
                ? AnchorCheck.Holds
                    .class // the time of confirmation proves nothing and is not asked
                : AnchorCheck.Refused.class);
  }
}
