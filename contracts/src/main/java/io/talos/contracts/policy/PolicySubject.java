package io.talos.contracts.policy;

import io.talos.contracts.Check;
import io.talos.contracts.principal.Principal;
import java.util.Locale;

/** Whom a binding is about. */
public record PolicySubject(Kind kind, String id) {
  /** A sort of subject. */
  public enum Kind {
    /** One caller, by its id. */
    PRINCIPAL,
    /** Everybody that authentication puts into a group, such as {@code agent}. */
    GROUP,
    /** The members of a team. */
    TEAM,
    /** The members of an organisation. */
    ORG;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The kind with this name on the wire. */
    static Kind ofWire(String name) {
      return switch (name) {
        case "principal" -> PRINCIPAL;
        case "group" -> GROUP;
        case "team" -> TEAM;
        case "org" -> ORG;
        default -> throw new IllegalArgumentException("no such kind of subject");
      };
    }
  }

  /** Checks the id's length. */
  public PolicySubject {
    Check.that(!id.isEmpty(), "a subject has an id");
    // As the schema counts, so that what it lets through is never a fault of ours.
    Check.atMost(id.codePointCount(0, id.length()), Principal.ID_CHARACTERS_MAX, "the id's length");
  }
}
