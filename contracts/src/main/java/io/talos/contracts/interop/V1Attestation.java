package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request as the {@code X-Talos-*} headers of Talos 1.x attest it.
 *
 * <p>Weaker than RFC 9421 here: neither host nor headers are covered, so it stays with 1.x clients.
 *
 * <p>Refuses with: {@link ErrorCode#AUTH_INVALID}, {@link ErrorCode#SCHEMA_VALIDATION_ERROR} (a
 * padded signature), {@link ErrorCode#REPLAY_DETECTED}.
 *
 * <p>Source: Talos 1.x HTTP attestation v1.
 *
 * @param method the HTTP method
 * @param target path and query exactly as received, never decoded or reordered
 * @param body the body; none is not the same as an empty object
 * @param nonce 8 to 128 printable ASCII characters
 * @param timestamp seconds since the epoch
 * @param opcode what the server calls the surface; never taken from the client
 */
public record V1Attestation(
    String method,
    String target,
    Optional<Bytes> body,
    String nonce,
    long timestamp,
    String opcode) {
  private static final Pattern LINE = Pattern.compile("[\\x20-\\x7e]+");
  private static final Bytes LF = Bytes.of((byte) '\n');

  /** Remembers nonces for every node at once. */
  @FunctionalInterface
  public interface NonceMemory {
    /**
     * Takes a nonce, in one step.
     *
     * @param until when it may be forgotten
     * @return whether this key uses it for the first time
     */
    boolean take(String keyId, String nonce, Instant until);
  }

  /**
   * What is signed.
   *
   * @throws TalosException {@link ErrorCode#AUTH_INVALID} when the body is not strict JSON or a
   *     line could be mistaken for two
   */
  public Bytes signingInput() {
    if (!isLine(method) || !isLine(target) || !isLine(nonce) || !isLine(opcode)) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a member is not one line of ASCII");
    }
    Bytes canonical = Bytes.empty();
    if (body.isPresent()) {
      try {
        canonical = CanonicalJson.encode(StrictJson.parse(body.get(), Limits.BOUND));
      } catch (TalosException e) {
        throw new TalosException(ErrorCode.AUTH_INVALID, "the body is not strict JSON", e);
      }
    }
    return canonical.concat(
        LF, Bytes.utf8(String.join("\n", method, target, nonce, Long.toString(timestamp), opcode)));
  }

  private static boolean isLine(String text) {
    return LINE.matcher(text).matches();
  }

  /**
   * Refuses unless {@code key} signed this request within {@link Limits#SKEW} of {@code now} and
   * the nonce is fresh. The nonce is taken last, so that a forger cannot use up somebody's.
   *
   * @param signature what the header says
   * @param keyId the name of the key, under which nonces are remembered
   */
  public void require(String signature, Bytes key, String keyId, Instant now, NonceMemory memory) {
    if (nonce.length() < Limits.NONCE_CHARACTERS_MIN
        || nonce.length() > Limits.NONCE_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a nonce that is too short or too long");
    }
    if (!Ed25519.verify(key, signingInput(), bytes(signature))) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "the signature does not verify");
    }
    // At exactly 60 seconds the request is still taken.
    if (timestamp < 0
        || timestamp > io.talos.contracts.json.Limits.INTEGER_MAX
        || Math.abs(now.getEpochSecond() - timestamp) > Limits.SKEW.toSeconds()) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "outside the window");
    }
    if (!memory.take(keyId, nonce, now.plus(Limits.NONCE_MEMORY))) {
      throw new TalosException(ErrorCode.REPLAY_DETECTED, "the nonce was used");
    }
  }

  private static Bytes bytes(String signature) {
    if (signature.indexOf('=') >= 0) {
      throw new TalosException(ErrorCode.SCHEMA_VALIDATION_ERROR, "a padded signature");
    }
    try {
      return Base64Url.decode(signature, Ed25519.SIGNATURE_SIZE);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a malformed signature", e);
    }
  }
}
