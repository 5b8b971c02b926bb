package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;

/**
 * The digests that frames and session events carry, the same in 1.x and in version 2.
 *
 * <pre>
 * ciphertext_hash = hex SHA-256(ciphertext bytes)
 * frame_digest    = hex SHA-256(JCS{schema_id, schema_version, session_id, sender_id,
 *                   sender_seq, header_b64u, ciphertext_hash})
 * event_digest    = hex SHA-256(JCS(event without event_digest))
 * </pre>
 *
 * <p>Source: RFC 8785 §3.2 (JCS); FIPS 180-4.
 */
public final class FrameDigest {
  private FrameDigest() {}

  /** The hash of a frame's ciphertext. */
  public static String ciphertextHash(Bytes ciphertext) {
    return Sha256.hex(ciphertext);
  }

  /** Exactly the bytes that a frame's digest is taken of. */
  public static Bytes preimage(
      String schemaVersion,
      String sessionId,
      String senderId,
      long senderSeq,
      String headerB64u,
      String ciphertextHash) {
    return CanonicalJson.encode(
        Json.createObjectBuilder()
            .add("schema_id", Frame.SCHEMA_ID)
            .add("schema_version", schemaVersion)
            .add("session_id", sessionId)
            .add("sender_id", senderId)
            .add("sender_seq", senderSeq)
            .add("header_b64u", headerB64u)
            .add("ciphertext_hash", ciphertextHash)
            .build());
  }

  /** The digest of a session or group event; its {@code event_digest}, if any, is left out. */
  public static String ofEvent(JsonObject event) {
    return Sha256.hex(CanonicalJson.encodeWithout(event, "event_digest"));
  }
}
