package io.talos.contracts.capability;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a link allows: a tool, narrowed to one method, a resource, or both.
 *
 * <p>The text is {@code tool:<name>[/method:<name>][/resource:<segment>/<segment>…]}. Segments are
 * compared whole, byte for byte: {@code tool:fs} does not cover {@code tool:fs2}. In a resource the
 * segment {@code *} stands for exactly one segment, and {@code **}, only at the end, for one or
 * more. The segments {@code .} and {@code ..} do not exist.
 *
 * @param tool the tool's name
 * @param method the only method; all when empty
 * @param resource the segments of the only resources; all when empty
 */
public record Scope(String tool, Optional<String> method, Optional<List<String>> resource) {
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,127}";
  private static final String SEGMENT = "(?:\\*|(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~:@%+=,-]{1,128})";
  private static final Pattern FORM =
      Pattern.compile(
          "tool:("
              + NAME
              + ")(?:/method:("
              + NAME
              + "))?(?:/resource:((?:"
              + SEGMENT
              + "/)*(?:"
              + SEGMENT
              + "|\\*\\*)))?");
  private static final Pattern NAME_FORM = Pattern.compile(NAME);

  /** Refuses what has no text in the grammar. */
  public Scope {
    resource = resource.map(List::copyOf);
    String text = text(tool, method, resource);
    if (text.length() > Limits.SCOPE_CHARACTERS_MAX || !FORM.matcher(text).matches()) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "not a scope");
    }
  }

  /**
   * Reads a scope.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_INVALID} on anything else
   */
  public static Scope parse(String text) {
    if (text.length() > Limits.SCOPE_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "a scope is too long");
    }
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "not a scope");
    }
    return new Scope(
        form.group(1),
        Optional.ofNullable(form.group(2)),
        Optional.ofNullable(form.group(3)).map(r -> List.of(r.split("/", -1))));
  }

  /** The whole of a tool. */
  public static Scope ofTool(String tool) {
    return new Scope(tool, Optional.empty(), Optional.empty());
  }

  /** Whether {@code name} can be named by a scope at all. */
  public static boolean isName(String name) {
    return NAME_FORM.matcher(name).matches();
  }

  /** The one text of this scope. */
  public String text() {
    return text(tool, method, resource);
  }

  /** Whether everything that a tool does is allowed by this scope, whatever the tool is called. */
  boolean coversTool(String otherTool) {
    return method.isEmpty() && resource.isEmpty() && tool.equals(otherTool);
  }

  /**
   * Whether one method of a tool is allowed by this scope, with every resource. A method that no
   * scope can name is covered by the whole tool only.
   */
  boolean coversMethod(String otherTool, String otherMethod) {
    return resource.isEmpty()
        && (method.isEmpty() || method.get().equals(otherMethod))
        && tool.equals(otherTool);
  }

  /** Whether everything that {@code other} allows is allowed by this scope too. */
  public boolean covers(Scope other) {
    return tool.equals(other.tool)
        && (method.isEmpty() || method.equals(other.method))
        && (resource.isEmpty()
            || (other.resource.isPresent() && covers(resource.get(), other.resource.get())));
  }

  private static boolean covers(List<String> pattern, List<String> other) {
    for (int i = 0; i < pattern.size(); i++) {
      if (pattern.get(i).equals("**")) {
        return other.size() > i;
      }
      if (i >= other.size() || !coversSegment(pattern.get(i), other.get(i))) {
        return false;
      }
    }
    return pattern.size() == other.size();
  }

  private static boolean coversSegment(String pattern, String other) {
    // One "*" is one segment; the other side's "**" may be several, so it is never covered here.
    return pattern.equals("*") ? !other.equals("**") : pattern.equals(other);
  }

  private static String text(
      String tool, Optional<String> method, Optional<List<String>> resource) {
    return "tool:"
        + tool
        + method.map(m -> "/method:" + m).orElse("")
        + resource.map(r -> "/resource:" + String.join("/", r)).orElse("");
  }

  @Override
  public String toString() {
    return text();
  }
}
