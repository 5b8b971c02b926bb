package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A text with signature lines. Parsing proves nothing: trust the text only after {@link
 * #isSignedBy}.
 *
 * <p>Source: C2SP signed-note, "Format".
 *
 * @param text the signed text, with the line feed at its end
 * @param lines the signatures, at least one
 */
public record SignedNote(String text, List<Line> lines) {
  private static final String DASH = "\u2014 ";
  private static final int ID_SIZE = 4;

  /**
   * One signature line.
   *
   * @param name the signer's name
   * @param keyId the first four bytes of the key's hash
   * @param signature what the key's algorithm made
   */
  public record Line(String name, Bytes keyId, Bytes signature) {
    /** Refuses a name that cannot stand in a line. */
    public Line {
      Check.that(NoteKey.isName(name), "a key name has no space and no plus sign");
      Check.that(keyId.size() == ID_SIZE, "a key id has four bytes");
    }

    /** The line as it stands in a note, with its line feed. */
    public String encoded() {
      return DASH + name + " " + Base64Text.encode(keyId.concat(signature)) + "\n";
    }

    /**
     * Reads one line without its line feed.
     *
     * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it is no signature line
     */
    public static Line parse(String line) {
      return SignedNote.line(line);
    }
  }

  /** Refuses a text that would not be read back as it is. */
  public SignedNote {
    Check.that(text.endsWith("\n"), "a note's text ends in a line feed");
    Check.that(
        text.chars().noneMatch(c -> c < ' ' && c != '\n'),
        "a note's text has no control character but line feeds");
    Check.that(!lines.isEmpty(), "a note has a signature");
    Check.atMost(lines.size(), Limits.NOTE_SIGNATURES_MAX, "the number of signatures");
    lines = List.copyOf(lines);
  }

  /**
   * Reads a note.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it has not exactly a note's form
   */
  public static SignedNote parse(Bytes note) {
    if (note.size() > Limits.NOTE_BYTES_MAX) {
      throw invalid("too large", null);
    }
    try {
      // A fresh decoder reports malformed input instead of replacing it.
      return parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(note.toArray())).toString());
    } catch (CharacterCodingException e) {
      throw invalid("malformed UTF-8", e);
    }
  }

  /** Reads a note that is text already; see {@link #parse(Bytes)}. */
  public static SignedNote parse(String note) {
    int blank = note.lastIndexOf("\n\n");
    if (note.length() > Limits.NOTE_BYTES_MAX || blank < 0 || !note.endsWith("\n")) {
      throw invalid("no signatures", null);
    }
    List<Line> lines = new ArrayList<>();
    String signatures = note.substring(blank + 2);
    for (int at = 0; at < signatures.length(); ) {
      int end = signatures.indexOf('\n', at);
      lines.add(line(signatures.substring(at, end)));
      at = end + 1;
    }
    try {
      return new SignedNote(note.substring(0, blank + 1), lines);
    } catch (IllegalArgumentException e) {
      throw invalid("not a note", e);
    }
  }

  private static Line line(String line) {
    int space = line.indexOf(' ', DASH.length());
    if (!line.startsWith(DASH) || space < 0) {
      throw invalid("not a signature line", null);
    }
    try {
      Bytes blob = Base64Text.decode(line.substring(space + 1));
      return new Line(
          line.substring(DASH.length(), space),
          blob.slice(0, ID_SIZE),
          blob.slice(ID_SIZE, blob.size()));
    } catch (IllegalArgumentException | TalosException e) {
      throw invalid("not a signature line", e);
    }
  }

  /** The whole note. */
  public String encoded() {
    return text + "\n" + lines.stream().map(Line::encoded).collect(Collectors.joining());
  }

  /**
   * Whether {@code key} signed the text. A line under the key's name and id whose signature is
   * wrong makes the answer no, whatever stands in the other lines; lines of other keys do not
   * count.
   */
  public boolean isSignedBy(NoteKey key) {
    Bytes id = key.id();
    List<Line> own =
        lines.stream().filter(l -> l.name.equals(key.name()) && l.keyId.equals(id)).toList();
    Bytes signed = Bytes.utf8(text);
    return !own.isEmpty()
        && own.stream().allMatch(l -> Ed25519.verify(key.publicKey(), signed, l.signature));
  }

  private static TalosException invalid(String why, @Nullable Throwable cause) {
    return new TalosException(ErrorCode.PROOF_INVALID, "signed note: " + why, cause);
  }
}
