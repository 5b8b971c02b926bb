package io.talos.a2a.frames;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How far a recipient has read, as a text that only this server can make and that fits one reader
 * of one session.
 *
 * <pre>
 * base64url(position (8 bytes, big-endian) || HMAC-SHA256(key,
 *   "talos:frame-cursor:v1" LF session id LF recipient LF position in decimal))
 * </pre>
 */
public final class FrameCursor {
  private static final String LABEL = "talos:frame-cursor:v1\n";
  private static final int SIZE = Long.BYTES + Sha256.SIZE;

  private final SecretBytes key;

  /** Cursors under {@code key}, which all nodes share. */
  public FrameCursor(SecretBytes key) {
    this.key = key;
  }

  /** The cursor of whoever has read up to {@code position}. */
  public String encode(UuidV7 session, String recipient, long position) {
    Bytes number = Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    Bytes tag = HmacSha256.tag(key, text(session, recipient, position));
    return Base64Url.encode(number.concat(tag));
  }

  /** The position that {@code cursor} stands for; empty when it was not made for this reader. */
  public Optional<Long> decode(UuidV7 session, String recipient, String cursor) {
    Bytes bytes;
    try {
      bytes =
          cursor.length() > Limits.CURSOR_CHARACTERS_MAX ? Bytes.empty() : Base64Url.decode(cursor);
    } catch (TalosException e) {
      return Optional.empty();
    }
    if (bytes.size() != SIZE) {
      return Optional.empty();
    }
    long position = ByteBuffer.wrap(bytes.toArray()).getLong();
    return HmacSha256.verify(key, text(session, recipient, position), bytes.slice(Long.BYTES, SIZE))
        ? Optional.of(position)
        : Optional.empty();
  }

  private static Bytes text(UuidV7 session, String recipient, long position) {
    return Bytes.utf8(LABEL + session.text() + "\n" + recipient + "\n" + position);
  }
}
