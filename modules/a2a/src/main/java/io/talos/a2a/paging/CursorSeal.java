package io.talos.a2a.paging;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.TalosException;
import java.util.Optional;

/**
 * Makes cursors that nobody else can make, and that are good for one purpose only: a reader, and
 * what it reads, are part of the purpose.
 *
 * <pre>
 * base64url(place || HMAC-SHA256(key, purpose LF hex(place)))
 * </pre>
 */
public final class CursorSeal {
  private final SecretBytes key;

  /** Cursors under {@code key}, which all nodes share. */
  public CursorSeal(SecretBytes key) {
    this.key = key;
  }

  /** The cursor of a place. */
  public String seal(String purpose, Bytes place) {
    return Base64Url.encode(place.concat(HmacSha256.tag(key, text(purpose, place))));
  }

  /**
   * The place that {@code cursor} stands for; empty when it was not made for this purpose.
   *
   * @param size of a place in bytes
   */
  public Optional<Bytes> open(String purpose, int size, String cursor) {
    Bytes bytes;
    try {
      bytes =
          cursor.length() > Limits.CURSOR_CHARACTERS_MAX ? Bytes.empty() : Base64Url.decode(cursor);
    } catch (TalosException e) {
      return Optional.empty();
    }
    if (bytes.size() != size + Sha256.SIZE) {
      return Optional.empty();
    }
    Bytes place = bytes.slice(0, size);
    return HmacSha256.verify(key, text(purpose, place), bytes.slice(size, bytes.size()))
        ? Optional.of(place)
        : Optional.empty();
  }

  private static Bytes text(String purpose, Bytes place) {
    return Bytes.utf8(purpose + "\n" + place.hex());
  }
}
