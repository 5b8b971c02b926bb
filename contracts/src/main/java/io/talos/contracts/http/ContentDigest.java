package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Map;

/**
 * The SHA-256 of a body, as the {@code Content-Digest} header carries it.
 *
 * <p>Exactly one digest is read. A second one is refused rather than ignored: nobody would have
 * checked it, yet a later reader might trust it.
 *
 * <p>Source: RFC 9530 §2, §5.
 *
 * @param sha256 32 bytes
 */
public record ContentDigest(Bytes sha256) {
  private static final String ALGORITHM = "sha-256";

  /** A SHA-256 has 32 bytes. */
  public ContentDigest {
    if (sha256.size() != Sha256.SIZE) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a SHA-256 digest has 32 bytes");
    }
  }

  /** The digest of {@code body}. */
  public static ContentDigest of(Bytes body) {
    return new ContentDigest(Sha256.of(body));
  }

  /**
   * Reads a header's combined value.
   *
   * @throws TalosException {@link ErrorCode#AUTH_INVALID} when it is not exactly one SHA-256
   */
  public static ContentDigest parse(String value) {
    Map<String, FieldValue> members = FieldReader.dictionary(value);
    if (members.size() == 1
        && members.get(ALGORITHM) instanceof FieldValue.Item item
        && item.parameters().isEmpty()
        && item.value() instanceof FieldValue.Binary binary) {
      return new ContentDigest(binary.value());
    }
    throw new TalosException(ErrorCode.AUTH_INVALID, "Content-Digest is not one SHA-256");
  }

  /** The header's value. */
  public String headerValue() {
    return ALGORITHM + "=" + FieldText.of(new FieldValue.Binary(sha256));
  }
}
