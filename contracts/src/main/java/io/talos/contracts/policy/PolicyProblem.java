package io.talos.contracts.policy;

/**
 * Something that is wrong, or odd, in a policy document.
 *
 * @param pointer RFC 6901 pointer into the document
 * @param message for people
 */
public record PolicyProblem(Kind kind, String pointer, String message) {
  /** What sort of thing is wrong; the names are stable. */
  public enum Kind {
    /** The document does not fit its schema. */
    SCHEMA(true),
    /** Two entries of one list have one id. */
    DUPLICATE_ID(true),
    /** A role has the name of a built-in one. */
    ROLE_BUILT_IN(true),
    /** A binding names a role that is not there. */
    ROLE_UNKNOWN(true),
    /**
     * A scope has attributes and is global, or has none and is not: it would not mean what it says.
     */
    SCOPE_ATTRIBUTES(true),
    /** The id of a team or organisation is no UUID version 7. */
    SUBJECT_ID(true),
    /** A limit is for a surface that is not there, or that has none. */
    SURFACE_UNKNOWN(true),
    /** An expiry is no time. */
    TIME(true),
    /** Nobody could publish a policy any more. */
    LOCKOUT(true),
    /** A rule that forbids has a price, which nobody will pay. */
    PRICE_OF_DENY(true),
    /** No surface asks for the permission; only questions of other gateways can. */
    PERMISSION_UNUSED(false),
    /** No surface has the scope's type, or the type has no such attribute. */
    SCOPE_UNUSED(false),
    /** A role permits everything. */
    PERMITS_EVERYTHING(false),
    /** A binding has expired. */
    EXPIRED(false);

    private final boolean error;

    Kind(boolean error) {
      this.error = error;
    }

    /** Whether a document with it cannot be published. */
    public boolean isError() {
      return error;
    }
  }
}
