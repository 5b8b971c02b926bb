package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A frame as it arrived, in its form but otherwise unchecked; {@link #check} makes a {@link Frame}.
 *
 * @param sessionId the session it says it belongs to
 * @param senderId who it says sent it
 * @param senderSeq its number among the sender's frames in the session, from 0
 * @param header opaque to the server
 * @param ciphertext opaque to the server
 * @param frameDigest 64 hex digits
 * @param ciphertextHash 64 hex digits
 * @param createdAt when the sender says it made it
 * @param expiresAt from this instant on it is not accepted or delivered
 * @param signature the sender's, 64 bytes
 */
public record UnverifiedFrame(
    UuidV7 sessionId,
    String senderId,
    long senderSeq,
    Bytes header,
    Bytes ciphertext,
    String frameDigest,
    String ciphertextHash,
    Instant createdAt,
    Instant expiresAt,
    Bytes signature) {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{" + 2 * Sha256.SIZE + "}");
  private static final Set<String> MEMBERS =
      Set.of(
          "schema_id",
          "schema_version",
          "session_id",
          "sender_id",
          "sender_seq",
          "header_b64u",
          "ciphertext_b64u",
          "frame_digest",
          "ciphertext_hash",
          "created_at",
          "expires_at",
          "signature");

  // Room for the size check, which has a code of its own.
  private static final int READ_BYTES_MAX = 2 * Limits.CIPHERTEXT_BYTES_MAX;

  /** Checks forms. */
  public UnverifiedFrame {
    Check.that(!senderId.isBlank(), "a frame has a sender");
    Check.atMost(senderId.length(), Principal.ID_CHARACTERS_MAX, "the sender's length");
    Check.that(senderSeq >= 0, "a sequence number is not negative");
    Check.atMost(senderSeq, io.talos.contracts.json.Limits.INTEGER_MAX, "a sequence number");
    Check.that(!header.isEmpty() && !ciphertext.isEmpty(), "header and ciphertext are not empty");
    Check.atMost(header.size(), Limits.HEADER_BYTES_MAX, "the header's size");
    Check.that(DIGEST.matcher(frameDigest).matches(), "a digest has 64 hex digits");
    Check.that(DIGEST.matcher(ciphertextHash).matches(), "a hash has 64 hex digits");
    Check.that(createdAt.isBefore(expiresAt), "a frame lives for a while");
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
  }

  /** A checked frame, or why there is none. */
  public sealed interface Checked permits Genuine, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Genuine, R> genuine, Function<Refused, R> refused) {
      if (this instanceof Genuine good) {
        return genuine.apply(good);
      }
      return refused.apply((Refused) this);
    }
  }

  /** Everything about it fits. */
  public record Genuine(Frame frame) implements Checked {}

  /** Something does not. */
  public record Refused(ErrorCode code) implements Checked {}

  /**
   * Reads the JSON form; see {@link #toJson}.
   *
   * @throws TalosException {@link ErrorCode#A2A_FRAME_SCHEMA_INVALID} when a member is missing,
   *     unknown or malformed
   */
  public static UnverifiedFrame fromJson(JsonObject json) {
    Members members = new Members(json, ErrorCode.A2A_FRAME_SCHEMA_INVALID).only(MEMBERS);
    if (!members.text("schema_id").equals(Frame.SCHEMA_ID)
        || !members.text("schema_version").equals(Frame.SCHEMA_VERSION)) {
      throw members.refused("another schema");
    }
    try {
      return new UnverifiedFrame(
          new UuidV7(members.text("session_id")),
          members.text("sender_id"),
          members.number("sender_seq", io.talos.contracts.json.Limits.INTEGER_MAX),
          members.bytes("header_b64u", Limits.HEADER_BYTES_MAX),
          members.bytes("ciphertext_b64u", READ_BYTES_MAX),
          members.text("frame_digest"),
          members.text("ciphertext_hash"),
          members.time("created_at"),
          members.time("expires_at"),
          members.exactly("signature", Ed25519.SIGNATURE_SIZE));
    } catch (IllegalArgumentException | TalosException e) {
      throw new TalosException(ErrorCode.A2A_FRAME_SCHEMA_INVALID, "malformed", e);
    }
  }

  /** The JSON form; the member order carries no meaning. */
  public JsonObject toJson() {
    return Json.createObjectBuilder()
        .add("schema_id", Frame.SCHEMA_ID)
        .add("schema_version", Frame.SCHEMA_VERSION)
        .add("session_id", sessionId().text())
        .add("sender_id", senderId())
        .add("sender_seq", senderSeq())
        .add("header_b64u", Base64Url.encode(header()))
        .add("ciphertext_b64u", Base64Url.encode(ciphertext()))
        .add("frame_digest", frameDigest())
        .add("ciphertext_hash", ciphertextHash())
        .add("created_at", WireTime.format(createdAt()))
        .add("expires_at", WireTime.format(expiresAt()))
        .add("signature", Base64Url.encode(signature()))
        .build();
  }

  /**
   * Checks, in this order: size, ciphertext hash, digest, signature, expiry. At {@code expiresAt}
   * itself a frame has expired.
   *
   * <p>Refuses with: {@link ErrorCode#A2A_FRAME_SIZE_EXCEEDED}, {@link
   * ErrorCode#A2A_FRAME_CIPHERTEXT_HASH_MISMATCH}, {@link ErrorCode#A2A_FRAME_DIGEST_MISMATCH},
   * {@link ErrorCode#A2A_FRAME_SIGNATURE_INVALID}, {@link ErrorCode#A2A_FRAME_EXPIRED}.
   *
   * @param senderKey the Ed25519 key of {@link #senderId}
   */
  public Checked check(Bytes senderKey, Instant now) {
    return failure(senderKey, now)
        .<Checked>map(Refused::new)
        .orElseGet(() -> new Genuine(new Frame(this)));
  }

  private Optional<ErrorCode> failure(Bytes senderKey, Instant now) {
    if (ciphertext.size() > Limits.CIPHERTEXT_BYTES_MAX) {
      return Optional.of(ErrorCode.A2A_FRAME_SIZE_EXCEEDED);
    }
    if (!FrameDigest.ciphertextHash(ciphertext).equals(ciphertextHash)) {
      return Optional.of(ErrorCode.A2A_FRAME_CIPHERTEXT_HASH_MISMATCH);
    }
    if (!digest(sessionId, senderId, senderSeq, header, ciphertextHash).equals(frameDigest)) {
      return Optional.of(ErrorCode.A2A_FRAME_DIGEST_MISMATCH);
    }
    if (!Ed25519.verify(senderKey, Frame.signedText(frameDigest, expiresAt), signature)) {
      return Optional.of(ErrorCode.A2A_FRAME_SIGNATURE_INVALID);
    }
    return now.isBefore(expiresAt) ? Optional.empty() : Optional.of(ErrorCode.A2A_FRAME_EXPIRED);
  }

  static String digest(
      UuidV7 sessionId, String senderId, long senderSeq, Bytes header, String ciphertextHash) {
    return Sha256.hex(
        FrameDigest.preimage(
            Frame.SCHEMA_VERSION,
            sessionId.text(),
            senderId,
            senderSeq,
            Base64Url.encode(header),
            ciphertextHash));
  }
}
