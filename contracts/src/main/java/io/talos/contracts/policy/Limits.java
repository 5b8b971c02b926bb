package io.talos.contracts.policy;

/** Every bound of this package. */
public final class Limits {
  /** Largest policy document in bytes of JSON. */
  public static final int DOCUMENT_BYTES_MAX = 1 << 20;

  /** Most roles of a document. */
  public static final int ROLES_MAX = 256;

  /** Most permissions of a role. */
  public static final int PERMISSIONS_MAX = 256;

  /** Most bindings of a document. */
  public static final int BINDINGS_MAX = 2000;

  /** Most limits of a document. */
  public static final int LIMITS_MAX = 512;

  /** Most budgets of a document. */
  public static final int BUDGETS_MAX = 1000;

  /** Most tool rules of a document. */
  public static final int TOOL_RULES_MAX = 2000;

  /** Most attributes of a scope. */
  public static final int ATTRIBUTES_MAX = 16;

  /** Longest attribute value in characters; a path is the longest thing that one names. */
  public static final int VALUE_CHARACTERS_MAX = 2048;

  /** Longest id of a role, a binding, a budget or a rule in characters. */
  public static final int ID_CHARACTERS_MAX = 128;

  /** Longest about text in characters. */
  public static final int ABOUT_CHARACTERS_MAX = 500;

  /** Most groups that a subject may be in. */
  public static final int GROUPS_MAX = 64;

  /** Most problems that one check reports. */
  public static final int PROBLEMS_MAX = 200;

  /** Most lines that one dry run reports. */
  public static final int IMPACTS_MAX = 1000;

  /** Most decisions that one dry run takes; one that would need more is cut short and says so. */
  public static final int IMPACT_DECISIONS_MAX = 2_000_000;

  private Limits() {}
}
