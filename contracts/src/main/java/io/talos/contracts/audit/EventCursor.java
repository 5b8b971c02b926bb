package io.talos.contracts.audit;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.nio.charset.StandardCharsets;

/**
 * A place in a listing of events: base64url of {@code <unix seconds>:<event id>}, the form of Talos
 * 1.x. Events are ordered by id, which holds their time; the seconds must be the id's own.
 *
 * @param eventId the event at this place
 */
public record EventCursor(UuidV7 eventId) {
  /** Longest text in characters. */
  public static final int CHARACTERS_MAX = 80;

  private static final long MILLIS = 1000;

  /** The cursor as text. */
  public String text() {
    return Base64Url.encode(Bytes.utf8(eventId.millis() / MILLIS + ":" + eventId.text()));
  }

  /**
   * Reads a cursor.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_CURSOR} on any text but the one that
   *     {@link #text} gives
   */
  public static EventCursor parse(String text) {
    try {
      if (text.length() <= CHARACTERS_MAX) {
        byte[] decoded = Base64Url.decode(text).toArray();
        String pair = new String(decoded, StandardCharsets.US_ASCII);
        EventCursor cursor = new EventCursor(new UuidV7(pair.substring(pair.indexOf(':') + 1)));
        if (cursor.text().equals(text)) {
          return cursor;
        }
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a cursor", e);
    }
    throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a cursor");
  }
}
