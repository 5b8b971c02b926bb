package io.talos.identity.authentication;

import io.talos.contracts.did.Did;
import java.time.Duration;
import java.time.Instant;

/**
 * Remembers which signed requests were seen, on all nodes together, for as long as each could be
 * sent again.
 *
 * <p>The memory may be lost. It knows since when it is complete, and refuses what could have been
 * seen before that.
 *
 * <p>Source: RFC 9421 §7.2.2.
 */
public interface Nonces {
  /** What the memory says of a nonce. */
  enum Verdict {
    /** Never seen; it is remembered now. */
    FRESH,
    /** Seen before. */
    SEEN,
    /** So old that a lost memory may have seen it. */
    OLDER_THAN_MEMORY
  }

  /**
   * Spends a nonce, atomically.
   *
   * @param signer whose nonce it is; two signers never collide
   * @param nonce base64url
   * @param created when the signature says it was made; it may lie in the future by the skew
   * @param expires from this instant on the signature is refused anyway
   */
  Verdict spend(Did signer, String nonce, Instant created, Instant expires, Instant now);

  /**
   * Since when the memory is complete; an empty memory begins now. A signature is accepted from
   * {@link #blindFor} after that.
   */
  Instant completeSince(Instant now);

  /**
   * How long after its beginning the memory still refuses: a clock that is fast by the allowed skew
   * may have dated a signature that was seen before the memory was lost so far ahead.
   */
  Duration blindFor();
}
