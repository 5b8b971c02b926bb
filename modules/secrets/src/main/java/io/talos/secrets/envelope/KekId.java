package io.talos.secrets.envelope;

import io.talos.contracts.Check;
import java.util.regex.Pattern;

/**
 * Names a key-encryption key.
 *
 * @param text 1 to 32 of {@code a-z 0-9 _ -}; not {@code current}, which is the setting that
 *     selects one
 */
public record KekId(String text) {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");

  /** Checks the form. */
  public KekId {
    Check.that(FORM.matcher(text).matches(), "a KEK id is 1 to 32 of a-z 0-9 _ -");
    Check.that(!text.equals("current"), "no KEK is named current");
  }

  @Override
  public String toString() {
    return text;
  }
}
