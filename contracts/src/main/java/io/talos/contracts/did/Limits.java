package io.talos.contracts.did;

/** How long identifiers may be. */
public final class Limits {
  /** Longest DID in characters; a did:key has 56, the rest is room for did:web. */
  public static final int DID_CHARACTERS_MAX = 255;

  /** Longest DID URL in characters: a DID, {@code #} and a multikey. */
  public static final int DID_URL_CHARACTERS_MAX = 320;

  /** Longest multikey in characters; the kinds that Talos knows have 48. */
  public static final int MULTIKEY_CHARACTERS_MAX = 64;

  /** Most keys of a did:web's document, and most entries of each of its lists of keys. */
  public static final int DOCUMENT_KEYS_MAX = 64;

  /** Largest document of a did:web: 64 KiB, 16 levels, 4096 values. */
  public static final io.talos.contracts.json.Limits DOCUMENT =
      new io.talos.contracts.json.Limits(1 << 16, 16, 4096);

  /** Most statements in the history of one agent's keys. */
  public static final int STATEMENTS_MAX = 256;

  /** How many of them are kept for recovering and revoking. */
  public static final int STATEMENTS_RESERVED = 8;

  private Limits() {}
}
