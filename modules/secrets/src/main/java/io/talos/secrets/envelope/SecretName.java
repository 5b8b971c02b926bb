package io.talos.secrets.envelope;

import io.talos.contracts.Check;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a secret.
 *
 * <p>A name without a slash is an operator's. A name such as {@code audit/log-key} is Talos' own:
 * made by the module it starts with, and out of every operator's reach.
 *
 * @param text 1 to {@value Limits#NAME_CHARACTERS_MAX} characters
 */
public record SecretName(String text) {
  private static final Pattern OPERATORS = Pattern.compile("[a-z0-9][a-z0-9._-]{0,127}");
  private static final Pattern OWN =
      Pattern.compile("(a2a|audit|gateway|identity|policy)/[a-z0-9][a-z0-9._/-]*");

  /** Refuses what is neither an operator's name nor Talos' own. */
  public SecretName {
    Check.atMost(text.length(), Limits.NAME_CHARACTERS_MAX, "the name's length");
    Check.that(
        OPERATORS.matcher(text).matches() || OWN.matcher(text).matches(),
        "a secret's name is an operator's or Talos' own");
  }

  /** Whether it is Talos' own. */
  public boolean own() {
    return OWN.matcher(text).matches();
  }

  /** The operator's secret of this name; empty when no operator may name one so. */
  public static Optional<SecretName> ofOperator(String text) {
    return OPERATORS.matcher(text).matches() ? Optional.of(new SecretName(text)) : Optional.empty();
  }
}
