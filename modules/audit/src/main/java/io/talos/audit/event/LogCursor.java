package io.talos.audit.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the order in which events entered the logs: base64url of {@code <log>:<entry>}. That
 * order has no gap and nothing is put into it later, unlike the order of times or ids.
 *
 * @param logId the log's number
 * @param logSeq the entry that comes next
 */
public record LogCursor(long logId, long logSeq) {
  private static final Pattern PAIR = Pattern.compile("([1-9][0-9]{0,15}):(0|[1-9][0-9]{0,15})");
  private static final int CHARACTERS_MAX = 64;

  /** Checks the bounds. */
  public LogCursor {
    Check.that(logId > 0 && logSeq >= 0, "a cursor names a log and an entry");
  }

  /** The cursor as text. */
  public String text() {
    return Base64Url.encode(Bytes.utf8(logId + ":" + logSeq));
  }

  /**
   * Reads a cursor.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_CURSOR} on any text but the one that
   *     {@link #text} gives
   */
  public static LogCursor parse(String text) {
    try {
      if (text.length() <= CHARACTERS_MAX) {
        byte[] decoded = Base64Url.decode(text).toArray();
        Matcher pair = PAIR.matcher(new String(decoded, StandardCharsets.US_ASCII));
        if (pair.matches()) {
          return new LogCursor(Long.parseLong(pair.group(1)), Long.parseLong(pair.group(2)));
        }
      }
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a cursor", e);
    }
    throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a cursor");
  }
}
