package io.talos.contracts.did;

/** How long identifiers may be. */
public final class Limits {
  /** Longest DID in characters; a did:key has 56, the rest is room for did:web. */
  public static final int DID_CHARACTERS_MAX = 255;

  /** Longest DID URL in characters: a DID, {@code #} and a multikey. */
  public static final int DID_URL_CHARACTERS_MAX = 320;

  /** Longest multikey in characters; the kinds that Talos knows have 48. */
  public static final int MULTIKEY_CHARACTERS_MAX = 64;

  private Limits() {}
}
