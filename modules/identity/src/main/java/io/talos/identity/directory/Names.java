package io.talos.identity.directory;

import io.talos.contracts.Check;

/** What may be a name in the directory. */
final class Names {
  private Names() {}

  static void require(String name, int charactersMax) {
    Check.that(!name.isBlank(), "a name is not blank");
    Check.atMost(name.length(), charactersMax, "a name's length");
    Check.that(name.chars().noneMatch(Character::isISOControl), "a name has no control characters");
  }
}
