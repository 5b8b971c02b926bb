package io.talos.identity.didweb;

import io.talos.contracts.did.Did;
import io.talos.contracts.did.WebDidDocument;
import io.talos.contracts.error.ErrorCode;
import java.util.function.Function;

/** Finds the documents that organisations publish for their did:web. */
public interface DidWebDocuments {
  /**
   * The document of {@code did}, at most as old as the cache allows. It may take {@link
   * Limits#FETCH_MAX}; do not hold a transaction meanwhile.
   *
   * <p>Refuses with: {@link ErrorCode#DID_METHOD_UNSUPPORTED} for another method, {@link
   * ErrorCode#DID_INVALID} for a host that is a number, {@link ErrorCode#DID_NOT_FOUND} when
   * nothing is there or the host is not one that Talos asks, {@link
   * ErrorCode#DID_DOCUMENT_INVALID}, {@link ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}, {@link
   * ErrorCode#UPSTREAM_TIMEOUT}, {@link ErrorCode#UPSTREAM_UNAVAILABLE}, {@link
   * ErrorCode#UPSTREAM_RESPONSE_TOO_LARGE}, {@link ErrorCode#RATE_LIMITED} when too many are being
   * fetched, or this caller asked for too many.
   *
   * @param clientAddress where the caller comes from
   */
  Answer find(Did did, String clientAddress);

  /** A document, or why there is none. */
  sealed interface Answer permits Found, Unavailable {
    /** Answers by the kind of answer. */
    default <R> R match(Function<Found, R> found, Function<Unavailable, R> unavailable) {
      if (this instanceof Found document) {
        return found.apply(document);
      }
      return unavailable.apply((Unavailable) this);
    }
  }

  /** The organisation's own document. */
  record Found(WebDidDocument document) implements Answer {}

  /**
   * No usable document.
   *
   * @param why for the log
   */
  record Unavailable(ErrorCode code, String why) implements Answer {}
}
