package io.talos.contracts.capability;

import java.time.Duration;

/** Every bound of this package. */
public final class Limits {
  /** Most links of a chain, the root's included. */
  public static final int LINKS_MAX = 16;

  /** Largest chain as JSON text, in bytes. */
  public static final int JSON_BYTES_MAX = 64 << 10;

  /** Longest header text in characters: {@link #JSON_BYTES_MAX} in base64url. */
  public static final int HEADER_CHARACTERS_MAX = (JSON_BYTES_MAX * 4 + 2) / 3;

  /** Most scopes of a link. */
  public static final int SCOPES_MAX = 16;

  /** Longest scope in characters. */
  public static final int SCOPE_CHARACTERS_MAX = 512;

  /** Longest tool or method name in characters. */
  public static final int NAME_CHARACTERS_MAX = 128;

  /** Longest audience in characters. */
  public static final int AUDIENCE_CHARACTERS_MAX = 512;

  /** Most networks of a link. */
  public static final int SOURCES_MAX = 16;

  /** Longest text of a network: an IPv6 address with an IPv4 tail and three digits behind. */
  public static final int NETWORK_CHARACTERS_MAX = 49;

  /** Most constraints of a link. */
  public static final int CONSTRAINTS_MAX = 16;

  /** Most values of one constraint. */
  public static final int CONSTRAINT_VALUES_MAX = 64;

  /** Longest text in a constraint, in characters. */
  public static final int CONSTRAINT_CHARACTERS_MAX = 1024;

  /** Longest pattern of a glob, in characters. */
  public static final int GLOB_CHARACTERS_MAX = 256;

  /** Longest path or text of segments that is admitted, in characters. */
  public static final int PATH_CHARACTERS_MAX = 4096;

  /** Longest URL that is admitted, in characters. */
  public static final int URL_CHARACTERS_MAX = 2048;

  /** Most schemes of a URL constraint. */
  public static final int SCHEMES_MAX = 8;

  /** Most ports of a URL constraint. */
  public static final int PORTS_MAX = 16;

  /** Longest argument pointer in characters. */
  public static final int POINTER_CHARACTERS_MAX = 256;

  /** Largest limit of calls and of spend: what every JSON reader keeps exactly. */
  public static final long CALLS_MAX = io.talos.contracts.json.Limits.INTEGER_MAX;

  /** Longest life that a root grant may have. */
  public static final Duration LIFETIME_MAX = Duration.ofDays(366);

  /**
   * How far in the future a link may say it was issued, for holders whose clock runs ahead. There
   * is no such grace for {@code not_before} and {@code expires_at}: those are promises.
   */
  public static final Duration ISSUED_AHEAD_MAX = Duration.ofSeconds(60);

  private Limits() {}
}
