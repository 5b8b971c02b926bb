package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Where an event stands in a 1.x listing: base64url of {@code <unix seconds>:<uuidv7>}. Its natural
 * order is ascending; the texts of cursors do not sort.
 *
 * <p>Source: Talos 1.x event cursors; seconds, as its vectors have it.
 *
 * @param seconds the event's time in whole seconds since the epoch, 0 to 2^53 - 1
 * @param eventId the event's id
 */
public record V1Cursor(long seconds, UuidV7 eventId) implements Comparable<V1Cursor> {
  /** The order of a listing: newest first, and in one second the larger id first. */
  public static final Comparator<V1Cursor> NEWEST_FIRST = Comparator.reverseOrder();

  private static final Pattern FORM = Pattern.compile("(0|[1-9][0-9]{0,15}):([0-9a-f-]{36})");
  private static final int TEXT_MAX = 80;

  /** Times are not negative, and exact in every JSON reader. */
  public V1Cursor {
    Check.that(
        seconds >= 0 && seconds <= io.talos.contracts.json.Limits.INTEGER_MAX,
        "a cursor's seconds are 0 to 2^53 - 1");
  }

  /**
   * Reads a cursor.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_CURSOR} on anything else
   */
  public static V1Cursor parse(String text) {
    try {
      Check.atMost(text.length(), TEXT_MAX, "a cursor");
      Bytes bytes = Base64Url.decode(text);
      var form = FORM.matcher(bytes.utf8());
      Check.that(form.matches(), "a cursor is seconds, a colon and an id");
      return new V1Cursor(Long.parseLong(form.group(1)), new UuidV7(form.group(2)));
    } catch (TalosException | IllegalArgumentException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a 1.x cursor", e);
    }
  }

  /**
   * Holds a 1.x event's {@code cursor} against its own {@code timestamp} and {@code event_id}.
   *
   * @throws TalosException {@link ErrorCode#TALOS_FRAME_INVALID} when a member has the wrong type
   *     or the cursor cannot be read, {@link ErrorCode#TALOS_INVALID_CURSOR} when it is another
   *     event's
   */
  public static V1Cursor require(JsonObject event) {
    V1Cursor own;
    V1Cursor shown;
    try {
      own = of(event);
      shown = parse(text(event, "cursor"));
    } catch (TalosException | IllegalArgumentException | ArithmeticException e) {
      throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "an event without a cursor", e);
    }
    if (!shown.equals(own)) {
      throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "the cursor is another event's");
    }
    return own;
  }

  /** The position of an event with {@code timestamp} and {@code event_id}. */
  private static V1Cursor of(JsonObject event) {
    if (event.get("timestamp") instanceof JsonNumber seconds) {
      return new V1Cursor(seconds.longValueExact(), new UuidV7(text(event, "event_id")));
    }
    throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "an event without a timestamp");
  }

  private static String text(JsonObject event, String member) {
    if (event.get(member) instanceof JsonString text) {
      return text.getString();
    }
    throw new TalosException(ErrorCode.TALOS_FRAME_INVALID, "an event without " + member);
  }

  /** The text that goes over the wire. */
  public String text() {
    return Base64Url.encode(Bytes.utf8(seconds + ":" + eventId));
  }

  @Override
  public int compareTo(V1Cursor other) {
    int bySeconds = Long.compare(seconds, other.seconds);
    return Integer.signum(bySeconds != 0 ? bySeconds : eventId.compareTo(other.eventId));
  }
}
