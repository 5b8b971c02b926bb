package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a structured field that is a dictionary, strictly and within {@link Limits}.
 *
 * <p>Stricter than the RFC where its leniency could make two readers see two things: a name that
 * stands twice is refused instead of the last one winning, and so are non-canonical base64 and the
 * kinds that signed requests have no use for (decimals, dates, display strings).
 *
 * <p>Source: RFC 9651 §4.2.2.
 *
 * <p>Refuses with: {@link ErrorCode#AUTH_INVALID}.
 */
final class FieldReader {
  private static final String NAME_MORE = "_-.*";
  private static final String TOKEN_MORE = "!#$%&'*+-.^_`|~:/";

  private final String text;
  private int at;

  private FieldReader(String text) {
    this.text = text;
  }

  /** The members by name, in the order received. */
  static Map<String, FieldValue> dictionary(String text) {
    if (text.length() > Limits.FIELD_CHARACTERS_MAX) {
      throw unreadable("is too long");
    }
    return new FieldReader(text).members();
  }

  private Map<String, FieldValue> members() {
    Map<String, FieldValue> members = new LinkedHashMap<>();
    skip(" ");
    while (at < text.length()) {
      String name = name();
      FieldValue value = taken('=') ? itemOrList() : new FieldValue.Item(flag(true), parameters());
      put(members, name, value, Limits.MEMBERS_MAX);
      skip(" \t");
      if (at == text.length()) {
        return members;
      }
      expect(',');
      skip(" \t");
      if (at == text.length()) {
        throw unreadable("ends with a comma");
      }
    }
    return members;
  }

  private FieldValue itemOrList() {
    return peek() == '(' ? innerList() : item();
  }

  private FieldValue.InnerList innerList() {
    expect('(');
    List<FieldValue.Item> items = new ArrayList<>();
    skip(" ");
    while (!taken(')')) {
      if (items.size() == Limits.MEMBERS_MAX) {
        throw unreadable("has too many members");
      }
      items.add(item());
      if (peek() != ' ' && peek() != ')') {
        throw unreadable("has items that are not apart");
      }
      skip(" ");
    }
    return new FieldValue.InnerList(items, parameters());
  }

  private FieldValue.Item item() {
    return new FieldValue.Item(bare(), parameters());
  }

  private Map<String, FieldValue.Bare> parameters() {
    Map<String, FieldValue.Bare> parameters = new LinkedHashMap<>();
    while (taken(';')) {
      skip(" ");
      String name = name();
      put(parameters, name, taken('=') ? bare() : flag(true), Limits.PARAMETERS_MAX);
    }
    return parameters;
  }

  private FieldValue.Bare bare() {
    char c = peek();
    if (c == '"') {
      return string();
    }
    if (c == ':') {
      return binary();
    }
    if (c == '?') {
      return bool();
    }
    if (c == '-' || isDigit(c)) {
      return whole();
    }
    if (isLetter(c) || c == '*') {
      return token();
    }
    throw unreadable("has a value of an unknown kind");
  }

  private FieldValue.Text string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c == '\\') {
        c = next();
        if (c != '"' && c != '\\') {
          throw unreadable("escapes what needs no escape");
        }
      }
      if (c < 0x20 || c > 0x7E || value.length() == Limits.TEXT_CHARACTERS_MAX) {
        throw unreadable("has a string that is foreign or too long");
      }
      value.append(c);
    }
    return new FieldValue.Text(value.toString());
  }

  private FieldValue.Binary binary() {
    expect(':');
    int end = text.indexOf(':', at);
    if (end < 0) {
      throw unreadable("has bytes without an end");
    }
    String base64 = text.substring(at, end);
    at = end + 1;
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a structured field has no base64", e);
    }
    if (!Base64.getEncoder().encodeToString(bytes).equals(base64)) {
      throw unreadable("has base64 that is not canonical");
    }
    return new FieldValue.Binary(Bytes.of(bytes));
  }

  private FieldValue.Flag bool() {
    expect('?');
    char c = next();
    if (c != '0' && c != '1') {
      throw unreadable("has a flag that is neither 0 nor 1");
    }
    return flag(c == '1');
  }

  private FieldValue.Whole whole() {
    boolean negative = taken('-');
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    int digits = at - start;
    if (digits == 0 || digits > Limits.INTEGER_DIGITS_MAX || peek() == '.') {
      throw unreadable("has a number that is no integer or too long");
    }
    long value = Long.parseLong(text.substring(start, at));
    return new FieldValue.Whole(negative ? -value : value);
  }

  private FieldValue.Token token() {
    int start = at;
    while (at < text.length() && isTokenCharacter(text.charAt(at))) {
      at++;
    }
    return new FieldValue.Token(bounded(start));
  }

  private String name() {
    int start = at;
    char first = peek();
    if (!isLower(first) && first != '*') {
      throw unreadable("has a name that starts wrongly");
    }
    while (at < text.length() && isNameCharacter(text.charAt(at))) {
      at++;
    }
    return bounded(start);
  }

  private String bounded(int start) {
    if (at - start > Limits.TEXT_CHARACTERS_MAX) {
      throw unreadable("has a word that is too long");
    }
    return text.substring(start, at);
  }

  private static <V> void put(Map<String, V> values, String name, V value, int most) {
    if (values.size() == most) {
      throw unreadable("has too many members");
    }
    if (values.putIfAbsent(name, value) != null) {
      throw unreadable("has the same name twice");
    }
  }

  /** The current character; a NUL at the end, which no rule accepts. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    if (at >= text.length()) {
      throw unreadable("ends too early");
    }
    return text.charAt(at++);
  }

  private boolean taken(char c) {
    if (peek() != c) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char c) {
    if (next() != c) {
      throw unreadable("has a foreign character");
    }
  }

  private void skip(String characters) {
    while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private static FieldValue.Flag flag(boolean value) {
    return new FieldValue.Flag(value);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  private static boolean isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNameCharacter(char c) {
    return isLower(c) || isDigit(c) || NAME_MORE.indexOf(c) >= 0;
  }

  private static boolean isTokenCharacter(char c) {
    return isLetter(c) || isDigit(c) || TOKEN_MORE.indexOf(c) >= 0;
  }

  private static TalosException unreadable(String what) {
    return new TalosException(ErrorCode.AUTH_INVALID, "a structured field " + what);
  }
}
