package io.talos.contracts.log;

/** Bounds of everything that is read from outside in this package. */
public final class Limits {
  /** Longest proof path: a tree of 2^63 leaves is 63 high, and one more hash at most is shown. */
  public static final int PATH_HASHES_MAX = 64;

  /** Largest signed note in bytes; room for cosignatures of many witnesses. */
  public static final int NOTE_BYTES_MAX = 32 * 1024;

  /** Most signatures on one note; C2SP signed-note asks for at least 16. */
  public static final int NOTE_SIGNATURES_MAX = 32;

  /** Most keys of one log that a verifier trusts; one is added in years. */
  public static final int LOG_KEYS_MAX = 64;

  /** Longest key name in characters. */
  public static final int KEY_NAME_CHARACTERS_MAX = 255;

  /** Longest tile path in characters. */
  public static final int TILE_PATH_CHARACTERS_MAX = 64;

  /** Largest extra data of a {@code tlog-proof} file in bytes. */
  public static final int EXTRA_BYTES_MAX = 4 * 1024;

  /** Largest {@code tlog-proof} file in bytes: path, extra data and note. */
  public static final int TLOG_PROOF_BYTES_MAX = 48 * 1024;

  /** Largest entry of the log in bytes. */
  public static final int ENTRY_BYTES_MAX = 1024;

  /** Largest proof bundle in bytes. */
  public static final int BUNDLE_BYTES_MAX = 512 * 1024;

  /** Longest receipt in its header; one of ours has some 500 characters. */
  public static final int RECEIPT_CHARACTERS_MAX = 2048;

  /** Most lines of a request's signature base. */
  public static final int BASE_LINES_MAX = 64;

  /** Most lines of a consistency proof in a request to a witness (C2SP tlog-witness). */
  public static final int WITNESS_PROOF_LINES_MAX = 63;

  /** Largest request to a witness in bytes: a note, its proof and some air. */
  public static final int WITNESS_REQUEST_BYTES_MAX = NOTE_BYTES_MAX + 4096;

  /** Largest transaction of an EVM anchor in bytes; ours have some 200. */
  public static final int TRANSACTION_BYTES_MAX = 4096;

  /** Deepest list in a transaction: itself, its access list, an entry, its keys. */
  public static final int RLP_DEPTH_MAX = 4;

  /** Most items in all lists of a transaction. */
  public static final int RLP_ITEMS_MAX = 64;

  /** Largest block in bytes. */
  public static final int BLOCK_BYTES_MAX = 4096;

  /** Most bits of work that a block may claim; more cannot be meant as light work. */
  public static final int WORK_BITS_MAX = 32;

  private Limits() {}
}
