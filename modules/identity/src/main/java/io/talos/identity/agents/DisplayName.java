package io.talos.identity.agents;

import io.talos.contracts.Check;

/**
 * What an agent calls itself; personal, and proves nothing.
 *
 * @param text 1 to {@value Limits#DISPLAY_NAME_CHARACTERS_MAX} characters that are seen
 */
public record DisplayName(String text) {
  /** Checks length and characters. */
  public DisplayName {
    Check.that(isUsable(text), "a display name is short and has no hidden characters");
  }

  /**
   * Whether {@code text} may be a name. Control characters and those that turn the direction of
   * writing are not: they would let one name look like another in a list or a log.
   */
  public static boolean isUsable(String text) {
    return !text.isBlank()
        && text.length() <= Limits.DISPLAY_NAME_CHARACTERS_MAX
        && text.codePoints().noneMatch(DisplayName::isHidden);
  }

  private static boolean isHidden(int character) {
    boolean turnsDirection =
        (character >= 0x202A && character <= 0x202E)
            || (character >= 0x2066 && character <= 0x2069);
    int type = Character.getType(character);
    return turnsDirection
        || type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
