package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network that a capability may be used from, such as {@code 192.0.2.0/24} or {@code
 * 2001:db8::/32}.
 *
 * <p>There is one text for each: no leading zeros, IPv6 as RFC 5952 writes it, and no bit set
 * behind the prefix. An IPv4 address in IPv6 clothes ({@code ::ffff:192.0.2.1}) is the IPv4
 * address; a network of such addresses cannot be written.
 *
 * <p>Source: RFC 4632 §3.1, RFC 4291 §2.2, §2.5.5.2, RFC 5952 §4.
 */
public final class SourceNetwork {
  private static final int GROUPS = 8;

  private final String text;
  private final Bytes address;
  private final int prefix;

  private SourceNetwork(String text, Bytes address, int prefix) {
    this.text = text;
    this.address = address;
    this.prefix = prefix;
  }

  /**
   * Reads a network.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_INVALID} when the text is not the one of a
   *     network
   */
  public static SourceNetwork parse(String text) {
    int slash = text.indexOf('/');
    if (text.length() > Limits.NETWORK_CHARACTERS_MAX || slash < 0) {
      throw invalid();
    }
    String host = text.substring(0, slash);
    Bytes address = address(host).orElseThrow(SourceNetwork::invalid);
    int prefix = decimal(text.substring(slash + 1), 8 * address.size());
    boolean mapped = host.indexOf(':') >= 0 && address.size() == 4;
    if (prefix < 0 || mapped || !host.equals(format(address)) || hasBitsBehind(address, prefix)) {
      throw invalid();
    }
    return new SourceNetwork(text, address, prefix);
  }

  private static TalosException invalid() {
    return new TalosException(ErrorCode.CAPABILITY_INVALID, "not a network");
  }

  /** The one text. */
  public String text() {
    return text;
  }

  /** Whether every address of {@code other} lies in this network. */
  public boolean covers(SourceNetwork other) {
    return other.prefix >= prefix && holds(other.address);
  }

  /** Whether {@code address}, 4 or 16 bytes, lies in this network. */
  boolean holds(Bytes other) {
    if (other.size() != address.size()) {
      return false;
    }
    byte[] mine = address.toArray();
    byte[] theirs = other.toArray();
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xFF : (0xFF << (8 - (prefix - bit))) & 0xFF;
      if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasBitsBehind(Bytes address, int prefix) {
    byte[] bytes = address.toArray();
    for (int bit = prefix; bit < 8 * bytes.length; bit++) {
      if ((bytes[bit / 8] & (0x80 >>> (bit % 8))) != 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * The 4 or 16 bytes of a numeric address; a mapped IPv4 address has 4. Empty for anything else,
   * names and zones included.
   */
  static Optional<Bytes> address(String text) {
    if (text.length() > Limits.NETWORK_CHARACTERS_MAX) {
      return Optional.empty();
    }
    byte[] bytes = new byte[2 * GROUPS];
    if (text.indexOf(':') < 0) {
      return four(text, bytes, 0) ? Optional.of(Bytes.of(bytes).slice(0, 4)) : Optional.empty();
    }
    if (!sixteen(text, bytes)) {
      return Optional.empty();
    }
    Bytes address = Bytes.of(bytes);
    return Optional.of(isMapped(bytes) ? address.slice(12, 16) : address);
  }

  /**
   * Where a limit by address counts a caller: an IPv4 address by itself, an IPv6 address with its
   * whole /64, which is the least that one caller gets. Zones do not count; what is no address
   * counts by its text.
   */
  public static String ofCaller(String address) {
    int zone = address.indexOf('%');
    return address(zone < 0 ? address : address.substring(0, zone))
        .map(
            bytes ->
                bytes.size() == 4
                    ? format(bytes)
                    : format(bytes.slice(0, 8).concat(Bytes.of(new byte[8]))) + "/64")
        .orElse(address);
  }

  private static boolean isMapped(byte[] bytes) {
    for (int i = 0; i < 10; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return bytes[10] == -1 && bytes[11] == -1;
  }

  private static boolean four(String text, byte[] into, int at) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return false;
    }
    for (int i = 0; i < 4; i++) {
      int value = decimal(parts[i], 255);
      if (value < 0) {
        return false;
      }
      into[at + i] = (byte) value;
    }
    return true;
  }

  /** A number without leading zeros up to {@code max}; -1 when it is none. */
  private static int decimal(String text, int max) {
    if (text.isEmpty()
        || text.length() > 3
        || (text.length() > 1 && text.charAt(0) == '0')
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    int value = Integer.parseInt(text);
    return value <= max ? value : -1;
  }

  private static boolean sixteen(String text, byte[] into) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      return groups(text, into) == GROUPS;
    }
    byte[] tail = new byte[into.length];
    int before = groups(text.substring(0, gap), into);
    int after = groups(text.substring(gap + 2), tail);
    if (before < 0 || after < 0 || before + after >= GROUPS) {
      return false;
    }
    System.arraycopy(tail, 0, into, 2 * (GROUPS - after), 2 * after);
    return true;
  }

  /** How many groups {@code text} has, of which an IPv4 address at the end is two; -1 if bad. */
  private static int groups(String text, byte[] into) {
    if (text.isEmpty()) {
      return 0;
    }
    String[] parts = text.split(":", -1);
    int count = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        return count <= GROUPS - 2 && four(parts[i], into, 2 * count) ? count + 2 : -1;
      }
      if (count >= GROUPS || !group(parts[i], into, 2 * count)) {
        return -1;
      }
      count++;
    }
    return count;
  }

  private static boolean group(String text, byte[] into, int at) {
    if (text.isEmpty() || text.length() > 4) {
      return false;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f') {
        return false;
      }
      value = (value << 4) | digit;
    }
    into[at] = (byte) (value >>> 8);
    into[at + 1] = (byte) value;
    return true;
  }

  /** The text of RFC 5952 §4 for 16 bytes, dotted decimals for 4. */
  static String format(Bytes address) {
    byte[] bytes = address.toArray();
    List<String> parts = new ArrayList<>();
    if (bytes.length == 4) {
      for (byte b : bytes) {
        parts.add(Integer.toString(b & 0xFF));
      }
      return String.join(".", parts);
    }
    for (int i = 0; i < GROUPS; i++) {
      parts.add(Integer.toHexString(((bytes[2 * i] & 0xFF) << 8) | (bytes[2 * i + 1] & 0xFF)));
    }
    return shortened(parts);
  }

  /** The first of the longest runs of two or more zero groups becomes {@code ::}. */
  private static String shortened(List<String> parts) {
    int best = 0;
    int bestLength = 1;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && parts.get(end).equals("0")) {
        end++;
      }
      if (end - i > bestLength) {
        best = i;
        bestLength = end - i;
      }
    }
    if (bestLength < 2) {
      return String.join(":", parts);
    }
    return String.join(":", parts.subList(0, best))
        + "::"
        + String.join(":", parts.subList(best + bestLength, GROUPS));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SourceNetwork network && text.equals(network.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
