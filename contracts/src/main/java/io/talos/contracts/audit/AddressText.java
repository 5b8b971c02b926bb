package io.talos.contracts.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The one text of an Internet address: dotted decimal, or lower-case IPv6 with its longest run of
 * zeros cut out. Names are never looked up.
 *
 * <p>Source: RFC 4291 §2.2 for what is read, RFC 5952 §4, §5 for what is written.
 */
public final class AddressText {
  private static final int CHARACTERS_MAX = 45;
  private static final int GROUPS = 8;
  private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

  private AddressText() {}

  /** The canonical text, or nothing when {@code text} is no address. */
  public static Optional<String> canonical(String text) {
    if (text.length() > CHARACTERS_MAX) {
      return Optional.empty();
    }
    return text.indexOf(':') < 0
        ? octets(text).map(octets -> text)
        : groups(text).map(AddressText::format);
  }

  private static Optional<int[]> octets(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4 || !Arrays.stream(parts).allMatch(p -> OCTET.matcher(p).matches())) {
      return Optional.empty();
    }
    int[] octets = Arrays.stream(parts).mapToInt(Integer::parseInt).toArray();
    return Arrays.stream(octets).allMatch(o -> o <= 0xFF) ? Optional.of(octets) : Optional.empty();
  }

  private static Optional<int[]> groups(String text) {
    int cut = text.indexOf("::");
    if (cut != text.lastIndexOf("::")) {
      return Optional.empty();
    }
    Optional<List<Integer>> head = list(cut < 0 ? text : text.substring(0, cut), cut < 0);
    Optional<List<Integer>> tail = list(cut < 0 ? "" : text.substring(cut + 2), true);
    if (head.isEmpty() || tail.isEmpty()) {
      return Optional.empty();
    }
    int given = head.get().size() + tail.get().size();
    if (cut < 0 ? given != GROUPS : given >= GROUPS) {
      return Optional.empty();
    }
    int[] groups = new int[GROUPS];
    for (int i = 0; i < head.get().size(); i++) {
      groups[i] = head.get().get(i);
    }
    for (int i = 0; i < tail.get().size(); i++) {
      groups[GROUPS - tail.get().size() + i] = tail.get().get(i);
    }
    return Optional.of(groups);
  }

  /** Groups between colons; the last may be an IPv4 address where the text ends. */
  private static Optional<List<Integer>> list(String text, boolean endsHere) {
    List<Integer> groups = new ArrayList<>();
    if (text.isEmpty()) {
      return Optional.of(groups);
    }
    String[] parts = text.split(":", -1);
    for (int i = 0; i < parts.length; i++) {
      Optional<int[]> ipv4 =
          endsHere && i == parts.length - 1 ? octets(parts[i]) : Optional.empty();
      if (ipv4.isPresent()) {
        groups.add(ipv4.get()[0] << 8 | ipv4.get()[1]);
        groups.add(ipv4.get()[2] << 8 | ipv4.get()[3]);
      } else if (GROUP.matcher(parts[i]).matches()) {
        groups.add(Integer.parseInt(parts[i], 16));
      } else {
        return Optional.empty();
      }
    }
    return Optional.of(groups);
  }

  private static String format(int[] groups) {
    boolean mapped = Arrays.stream(groups, 0, 5).allMatch(g -> g == 0) && groups[5] == 0xFFFF;
    if (mapped) {
      return "::ffff:"
          + (groups[6] >> 8)
          + "."
          + (groups[6] & 0xFF)
          + "."
          + (groups[7] >> 8)
          + "."
          + (groups[7] & 0xFF);
    }
    int start = 0;
    int length = 0;
    for (int i = 0; i < GROUPS; i++) {
      int end = i;
      while (end < GROUPS && groups[end] == 0) {
        end++;
      }
      if (end - i > length) {
        start = i;
        length = end - i;
      }
    }
    // A single zero group is written out (RFC 5952 §4.2.2).
    return length < 2
        ? join(groups, 0, GROUPS)
        : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
