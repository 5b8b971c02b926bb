package io.talos.audit.recheck;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.crypto.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The members of an event's stored text, found by their bytes, and the hash that the text has.
 *
 * <p>The text is not parsed, and yet nothing passes that a parser would refuse. The text is the
 * canonical JSON of the event with the member {@code event_hash} put in; the hash is over the same
 * bytes without it. So the member is cut out and the rest is hashed: when the hash is the one that
 * the log holds, the rest is, byte for byte, what was hashed when the event was written, and that
 * was canonical. Left to check is that the member that was cut out stood at its one canonical
 * place: at the outermost level, right before {@code event_id}, no other member's name lying
 * between the two. Another text of the same event therefore is refused, as RFC 8785 wants, at a
 * tenth of the price of a parser.
 *
 * <p>Source: RFC 8785 §3.2.3 for the order of members. Not thread safe.
 */
final class EventText {
  private static final List<String> WANTED =
      List.of(
          AuditEvent.EVENT_HASH,
          "event_id",
          "commitments",
          "evidence",
          "kind",
          "phase",
          "result",
          "source",
          "source_seq",
          "ts");
  private static final List<byte[]> NAMES =
      WANTED.stream().map(name -> name.getBytes(StandardCharsets.US_ASCII)).toList();

  private final byte[] text;
  private final int[] from = new int[WANTED.size()];
  private final int[] to = new int[WANTED.size()];
  private int hashStart;
  private int hashEnd;
  private int at;

  private EventText(byte[] text) {
    this.text = text;
  }

  /** The text's members; empty when it is not one object with all that an entry is made of. */
  static Optional<EventText> of(Bytes text) {
    EventText read = new EventText(text.toArray());
    try {
      return read.scan() ? Optional.of(read) : Optional.empty();
    } catch (ArrayIndexOutOfBoundsException e) {
      return Optional.empty(); // it ends in the middle
    }
  }

  private boolean scan() {
    if (text[at++] != '{') {
      return false;
    }
    boolean hashWasLast = false;
    do {
      int start = at;
      int nameFrom = at + 1;
      if (text[at] != '"') {
        return false;
      }
      skipString();
      int name = wanted(nameFrom, at - 1);
      if (text[at++] != ':') {
        return false;
      }
      int valueFrom = at;
      skipValue();
      if (hashWasLast && (name < 0 || !WANTED.get(name).equals("event_id"))) {
        return false;
      }
      hashWasLast = name == 0;
      if (name >= 0) {
        if (to[name] != 0) {
          return false; // a member twice
        }
        from[name] = valueFrom;
        to[name] = at;
      }
      if (hashWasLast) {
        hashStart = start;
        hashEnd = at + 1; // with the comma, which is there because event_id must follow
      }
    } while (text[at++] == ',');
    return text[at - 1] == '}' && at == text.length && !hashWasLast && complete();
  }

  private boolean complete() {
    for (int i = 0; i < to.length; i++) {
      if (to[i] == 0 && !WANTED.get(i).equals("evidence")) {
        return false;
      }
    }
    return true;
  }

  private int wanted(int nameFrom, int nameTo) {
    for (int i = 0; i < NAMES.size(); i++) {
      byte[] name = NAMES.get(i);
      if (Arrays.equals(text, nameFrom, nameTo, name, 0, name.length)) {
        return i;
      }
    }
    return -1;
  }

  private void skipString() {
    at++;
    while (text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private void skipValue() {
    int depth = 0;
    do {
      byte next = text[at];
      if (next == '"') {
        skipString();
        continue;
      }
      if (next == '{' || next == '[') {
        depth++;
      } else if (next == '}' || next == ']') {
        depth--;
      }
      at++;
    } while (depth > 0 || (text[at] != ',' && text[at] != '}'));
  }

  /** The hash of the text without its member {@code event_hash}. */
  Bytes hash() {
    return Sha256.of(
        Bytes.of(Arrays.copyOfRange(text, 0, hashStart)),
        Bytes.of(Arrays.copyOfRange(text, hashEnd, text.length)));
  }

  /** The member's value as it stands in the text, with its quotation marks. */
  String raw(String member) {
    int i = WANTED.indexOf(member);
    return new String(text, from[i], to[i] - from[i], StandardCharsets.UTF_8);
  }

  /** Whether the member is the string {@code value}, which needs no escapes. */
  boolean is(String member, String value) {
    int i = WANTED.indexOf(member);
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return text[from[i]] == '"'
        && text[to[i] - 1] == '"'
        && to[i] - from[i] == bytes.length + 2
        && Arrays.equals(text, from[i] + 1, to[i] - 1, bytes, 0, bytes.length);
  }

  /** Whether the member is an object that has this string; both are plain words. */
  boolean has(String member, String name, String value) {
    int i = WANTED.indexOf(member);
    return to[i] != 0 && raw(member).contains("\"" + name + "\":\"" + value + "\"");
  }

  /** Whether the event says that its caller signed something. */
  boolean isSigned() {
    return to[WANTED.indexOf("evidence")] != 0
        && raw("evidence").contains("\"signature_base_sha256\":\"");
  }

  /** The event's entry at {@code logSeq}; the same bytes as {@code LogLeaf}'s. */
  Bytes entry(long logSeq) {
    return Bytes.utf8(
        "{\"event_hash\":"
            + raw(AuditEvent.EVENT_HASH)
            + ",\"kind\":"
            + raw("kind")
            + ",\"log_seq\":"
            + logSeq
            + ",\"source\":"
            + raw("source")
            + ",\"source_seq\":"
            + raw("source_seq")
            + ",\"ts\":"
            + raw("ts")
            + ",\"v\":1}");
  }
}
