package io.talos.contracts.log.anchor;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Limits;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Recursive length prefix, the encoding of Ethereum's transactions, strict: every value has one
 * encoding and no other is read.
 *
 * <p>Source: Ethereum Yellow Paper, appendix B.
 */
final class Rlp {
  private static final int TEXT = 0x80;
  private static final int LIST = 0xc0;
  private static final int SHORT_MAX = 55;
  private static final int BYTE = 0xff;

  private final byte[] bytes;
  private int at;
  private int items;

  private Rlp(Bytes bytes) {
    this.bytes = bytes.toArray();
  }

  /** A byte string or a list of items. */
  sealed interface Item permits Text, Items {}

  /** A byte string. */
  record Text(Bytes bytes) implements Item {
    /** A whole number, without leading zero bytes; zero has no bytes at all. */
    static Text of(BigInteger number) {
      Check.that(number.signum() >= 0, "a number is not negative");
      byte[] two = number.toByteArray();
      int from = two[0] == 0 ? 1 : 0;
      return new Text(Bytes.of(two).slice(from, two.length));
    }

    static Text of(long number) {
      return of(BigInteger.valueOf(number));
    }

    /** The number that these bytes are; refused with a leading zero or above 256 bits. */
    BigInteger number() {
      byte[] digits = bytes.toArray();
      if (digits.length > 32 || (digits.length > 0 && digits[0] == 0)) {
        throw invalid("not a number");
      }
      return new BigInteger(1, digits);
    }
  }

  /** A list. */
  record Items(List<Item> items) implements Item {
    Items {
      items = List.copyOf(items);
    }

    static Items of(Item... items) {
      return new Items(List.of(items));
    }

    /** The byte string at this place. */
    Text text(int index) {
      if (index < items.size() && items.get(index) instanceof Text text) {
        return text;
      }
      throw invalid("no byte string at " + index);
    }
  }

  /** The encoding of an item. */
  static Bytes encode(Item item) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(item, out);
    return Bytes.of(out.toByteArray());
  }

  private static void write(Item item, ByteArrayOutputStream out) {
    if (item instanceof Text text) {
      byte[] content = text.bytes.toArray();
      if (content.length != 1 || (content[0] & BYTE) >= TEXT) {
        head(TEXT, content.length, out);
      }
      out.writeBytes(content);
      return;
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    ((Items) item).items.forEach(child -> write(child, content));
    head(LIST, content.size(), out);
    out.writeBytes(content.toByteArray());
  }

  private static void head(int kind, int length, ByteArrayOutputStream out) {
    if (length <= SHORT_MAX) {
      out.write(kind + length);
      return;
    }
    Bytes digits = Text.of(length).bytes;
    out.write(kind + SHORT_MAX + digits.size());
    out.writeBytes(digits.toArray());
  }

  /**
   * Reads exactly one list.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on any other bytes
   */
  static Items decode(Bytes encoded) {
    if (encoded.size() > Limits.TRANSACTION_BYTES_MAX) {
      throw invalid("too long");
    }
    Rlp reader = new Rlp(encoded);
    Item item = reader.item(Limits.RLP_DEPTH_MAX, reader.bytes.length);
    if (reader.at == reader.bytes.length && item instanceof Items list) {
      return list;
    }
    throw invalid("not one list");
  }

  private Item item(int depth, int end) {
    if (at >= end || depth == 0 || ++items > Limits.RLP_ITEMS_MAX) {
      throw invalid("ends too early, too deep or too many items");
    }
    int head = bytes[at] & BYTE;
    if (head < TEXT) {
      at++;
      return new Text(Bytes.of((byte) head));
    }
    int kind = head < LIST ? TEXT : LIST;
    int length = length(head - kind, end);
    int last = at + length;
    if (kind == TEXT) {
      Text text = new Text(Bytes.of(bytes).slice(at, last));
      if (length == 1 && (bytes[at] & BYTE) < TEXT) {
        throw invalid("a small byte stands for itself");
      }
      at = last;
      return text;
    }
    List<Item> children = new ArrayList<>();
    while (at < last) {
      children.add(item(depth - 1, last));
    }
    return new Items(children);
  }

  /** Reads the head and returns how many bytes follow it; all of them lie before {@code end}. */
  private int length(int size, int end) {
    at++;
    int length = size;
    if (size > SHORT_MAX) {
      int digits = size - SHORT_MAX;
      if (digits > 2 || at + digits > end || bytes[at] == 0) {
        throw invalid("a length has too many digits");
      }
      length = 0;
      for (int i = 0; i < digits; i++) {
        length = (length << Byte.SIZE) | (bytes[at++] & BYTE);
      }
      if (length <= SHORT_MAX) {
        throw invalid("a short length stands in the head");
      }
    }
    if (length > end - at) {
      throw invalid("ends too early");
    }
    return length;
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.ENCODING_INVALID, "RLP: " + why);
  }
}
