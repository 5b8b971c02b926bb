package io.talos.identity.ops;

import io.talos.contracts.Check;
import io.talos.identity.keys.Limits;
import io.talos.runtime.settings.Settings;
import java.util.regex.Pattern;

/**
 * How virtual keys are kept.
 *
 * @param pepper name of the sealed secret under which tags of new keys are made
 */
public record VirtualKeySettings(String pepper) {
  private static final Pattern FORM = Pattern.compile("identity/[a-z0-9][a-z0-9-]*");

  /** Checks the name. */
  public VirtualKeySettings {
    Check.that(
        FORM.matcher(pepper).matches() && pepper.length() <= Limits.PEPPER_CHARACTERS_MAX,
        "talos.identity.virtual-key-pepper is identity/ and a lower-case word");
  }

  /** Reads them. */
  public static VirtualKeySettings read(Settings settings) {
    return new VirtualKeySettings(settings.text("talos.identity.virtual-key-pepper"));
  }
}
