package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server acknowledged by its signature before it acted: this event, at this place, is on
 * record. Who holds one can prove later that an event which the log does not hold was left out.
 *
 * <p>A receipt is a signed note of six lines: {@value #LABEL}, origin, event id, event hash, source
 * and number, time. The label keeps a receipt from being anything else that a key signs. In the
 * header {@value #HEADER} stands the whole note in base64url.
 *
 * <p>Source: C2SP signed-note, "Format"; docs/reference/receipts.md.
 *
 * @param origin the installation's first log; every later log of it continues that one
 * @param eventId the admission event
 * @param eventHash SHA-256 of the event
 * @param source who counted the event
 * @param sourceSeq the event's number within its source
 * @param ts when it was admitted
 */
public record AdmissionReceipt(
    String origin, UuidV7 eventId, Bytes eventHash, String source, long sourceSeq, Instant ts) {
  /** The header of an answer that holds the receipt. */
  public static final String HEADER = "Talos-Receipt";

  /** The first line of every receipt. */
  public static final String LABEL = "talos.receipt/v1";

  private static final String KEY_SUFFIX = "/receipts";
  private static final Pattern SOURCE = Pattern.compile("[A-Za-z0-9._-]{1,64}/[0-9]{1,9}");
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final int LINES = 6;

  /** How an entry of the log stands to a receipt. */
  public enum Fit {
    /** The entry is what was acknowledged. */
    NAMED,
    /** The log says something else at this place, or of this event, than was acknowledged. */
    CONTRADICTED,
    /** The entry is about another event. */
    OTHER
  }

  /** Checks the bounds. */
  public AdmissionReceipt {
    Check.that(NoteKey.isName(keyName(origin)), "an origin can be named by a key");
    Check.that(eventHash.size() == Sha256.SIZE, "an event's hash has 32 bytes");
    Check.that(SOURCE.matcher(source).matches(), "a source is a node and a stripe");
    Check.that(sourceSeq >= 0, "a number is not negative");
  }

  /** The name of the key that signs the receipts of an installation. */
  public static String keyName(String origin) {
    return origin + KEY_SUFFIX;
  }

  /** The note's text. */
  public String text() {
    return String.join(
            "\n",
            LABEL,
            origin,
            eventId.text(),
            eventHash.hex(),
            source + " " + sourceSeq,
            WireTime.format(ts))
        + "\n";
  }

  /** A note as the header holds it. */
  public static String header(SignedNote note) {
    String header = Base64Url.encode(Bytes.utf8(note.encoded()));
    Check.atMost(header.length(), Limits.RECEIPT_CHARACTERS_MAX, "a receipt's length");
    return header;
  }

  /**
   * Reads a header's value; nothing about it is proved before {@link #open}.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it is no signed note
   */
  public static SignedNote note(String header) {
    if (header.length() > Limits.RECEIPT_CHARACTERS_MAX) {
      throw invalid("too long", null);
    }
    try {
      return SignedNote.parse(Base64Url.decode(header));
    } catch (TalosException e) {
      throw invalid("not a signed note in base64url", e);
    }
  }

  /**
   * The receipt in a note, only when {@code key} signed it and is named after the receipt's log.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} otherwise
   */
  public static AdmissionReceipt open(SignedNote note, NoteKey key) {
    if (!note.isSignedBy(key)) {
      throw invalid("not signed by this key", null);
    }
    AdmissionReceipt receipt = parse(note.text());
    if (!keyName(receipt.origin).equals(key.name())) {
      throw invalid("of another log than the key", null);
    }
    return receipt;
  }

  private static AdmissionReceipt parse(String text) {
    String[] lines = text.split("\n", -1);
    // The text ends in a line feed, so an empty piece follows the last line.
    if (lines.length != LINES + 1 || !lines[0].equals(LABEL) || !lines[LINES].isEmpty()) {
      throw invalid("another form", null);
    }
    int space = lines[4].indexOf(' ');
    if (space < 0 || !NUMBER.matcher(lines[4].substring(space + 1)).matches()) {
      throw invalid("no number of a source", null);
    }
    AdmissionReceipt receipt;
    try {
      receipt =
          new AdmissionReceipt(
              lines[1],
              new UuidV7(lines[2]),
              Hex.decode(lines[3]),
              lines[4].substring(0, space),
              Long.parseLong(lines[4].substring(space + 1)),
              WireTime.parse(lines[5]));
    } catch (IllegalArgumentException | TalosException e) {
      throw invalid("another form", e);
    }
    if (!receipt.text().equals(text)) {
      throw invalid("not the one text of a receipt", null);
    }
    return receipt;
  }

  /** How {@code entry}, which is proved to lie in the log, stands to this receipt. */
  public Fit fits(LogLeaf entry) {
    boolean samePlace = entry.source().equals(source) && entry.sourceSeq() == sourceSeq;
    boolean sameEvent = entry.eventHash().equals(eventHash);
    if (samePlace && sameEvent && entry.ts().equals(ts)) {
      return Fit.NAMED;
    }
    return samePlace || sameEvent ? Fit.CONTRADICTED : Fit.OTHER;
  }

  /** As {@link #fits(LogLeaf)}, for an entry whose event, with this id, is known. */
  public Fit fits(LogLeaf entry, UuidV7 id) {
    Fit fit = fits(entry);
    return fit != Fit.CONTRADICTED && id.equals(eventId) != (fit == Fit.NAMED)
        ? Fit.CONTRADICTED
        : fit;
  }

  private static TalosException invalid(String why, @Nullable Throwable cause) {
    return new TalosException(ErrorCode.PROOF_INVALID, "receipt: " + why, cause);
  }
}
