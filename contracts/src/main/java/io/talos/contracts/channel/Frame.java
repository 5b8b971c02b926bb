package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * A message in its envelope, signed by its sender: what a server may store and pass on without
 * being able to read it. Digests and signature of an instance are right; only {@link #sign} and
 * {@link UnverifiedFrame#check} make one.
 *
 * <p>The digests are {@link FrameDigest}'s with schema version {@code v2}. The signature is Ed25519
 * over the UTF-8 text
 *
 * <pre>talos:frame:v2 LF frame_digest LF expires_at</pre>
 *
 * where LF is one line feed, nothing follows the last part, and the time has the form of {@link
 * WireTime}. {@code created_at} is the sender's word and not signed.
 *
 * <p>Source: RFC 8032 §5.1.
 */
public final class Frame {
  /** What kind of object it is. */
  public static final String SCHEMA_ID = "talos.a2a.encrypted_frame";

  /** In which version. */
  public static final String SCHEMA_VERSION = "v2";

  private static final String LABEL = "talos:frame:v2\n";

  private final UnverifiedFrame content;

  Frame(UnverifiedFrame content) {
    this.content = content;
  }

  /**
   * Puts a message into a frame and signs it. Times are cut to the millisecond.
   *
   * @param senderSeq one more than in the sender's frame before, from 0
   * @param expiresAt later than {@code createdAt}
   */
  public static Frame sign(
      Ed25519.KeyPair sender,
      UuidV7 sessionId,
      long senderSeq,
      RatchetMessage message,
      Instant createdAt,
      Instant expiresAt) {
    return sign(
        Did.ofKey(sender.publicKey()), sender, sessionId, senderSeq, message, createdAt, expiresAt);
  }

  /** The same for the agent {@code did}, for which {@code sender} speaks now. */
  public static Frame sign(
      Did did,
      Ed25519.KeyPair sender,
      UuidV7 sessionId,
      long senderSeq,
      RatchetMessage message,
      Instant createdAt,
      Instant expiresAt) {
    String senderId = did.text();
    String hash = FrameDigest.ciphertextHash(message.ciphertext());
    String digest = UnverifiedFrame.digest(sessionId, senderId, senderSeq, message.header(), hash);
    Instant end = WireTime.cut(expiresAt);
    UnverifiedFrame content =
        new UnverifiedFrame(
            sessionId,
            senderId,
            senderSeq,
            message.header(),
            message.ciphertext(),
            digest,
            hash,
            WireTime.cut(createdAt),
            end,
            sender.sign(signedText(digest, end)));
    Check.that(
        content.check(sender.publicKey(), content.createdAt()) instanceof UnverifiedFrame.Genuine,
        "what was signed verifies");
    return new Frame(content);
  }

  /** Exactly the bytes that a frame's signature covers. */
  public static Bytes signedText(String frameDigest, Instant expiresAt) {
    return Bytes.utf8(LABEL + frameDigest + "\n" + WireTime.format(expiresAt));
  }

  /** What the frame says. */
  public UnverifiedFrame content() {
    return content;
  }

  /** The message that it carries. */
  public RatchetMessage message() {
    return new RatchetMessage(content.header(), content.ciphertext());
  }

  /** The JSON form; see {@link UnverifiedFrame#toJson}. */
  public JsonObject toJson() {
    return content.toJson();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Frame frame && content.equals(frame.content);
  }

  @Override
  public int hashCode() {
    return content.hashCode();
  }

  @Override
  public String toString() {
    return "Frame[" + content.sessionId() + " " + content.senderSeq() + "]";
  }
}
