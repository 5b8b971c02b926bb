package io.talos.a2a.ops;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Collections;

/** The self-test of the frame checks: a fixed frame passes, the same frame altered does not. */
final class KnownFrame {
  private static final Instant CREATED = Instant.parse("2026-01-16T00:00:00.000Z");
  private static final Instant EXPIRES = Instant.parse("2026-01-17T00:00:00.000Z");

  private KnownFrame() {}

  static void check() {
    Ed25519.KeyPair sender = Ed25519.fromSeed(SecretBytes.of(new byte[Ed25519.SEED_SIZE]));
    Frame frame =
        Frame.sign(
            sender,
            new UuidV7("01946896-1234-7567-89ab-000000000001"),
            0,
            new RatchetMessage(Bytes.utf8("header"), Bytes.utf8("ciphertext")),
            CREATED,
            EXPIRES);
    Check.that(judge(frame.content(), sender).equals("genuine"), "a genuine frame passes");
    Check.that(
        judge(frame.content(), Ed25519.fromSeed(otherSeed()))
            .equals(ErrorCode.A2A_FRAME_SIGNATURE_INVALID.name()),
        "a frame of another sender is refused");
  }

  private static SecretBytes otherSeed() {
    return SecretBytes.utf8(String.join("", Collections.nCopies(Ed25519.SEED_SIZE, "x")));
  }

  private static String judge(UnverifiedFrame frame, Ed25519.KeyPair sender) {
    return frame
        .check(sender.publicKey(), CREATED)
        .match(genuine -> "genuine", refused -> refused.code().name());
  }
}
