package io.talos.identity.rest;

import io.talos.contracts.error.ErrorCode;

/**
 * What a resolution that failed says to those who expect the words of the standard.
 *
 * <p>Source: W3C DID Resolution v1.0, "Errors" and "Bindings: HTTP(S)".
 */
enum DidResolutionError {
  /** The text is no DID. */
  INVALID("invalidDid", 400),
  /** There is no document. */
  NOT_FOUND("notFound", 404),
  /** The method is not one that is resolved here. */
  METHOD("methodNotSupported", 501),
  /** The document breaks the rules. */
  DOCUMENT("invalidDidDocument", 500),
  /** It could not be tried. */
  INTERNAL("internalError", 500);

  private final String word;
  private final int status;

  DidResolutionError(String word, int status) {
    this.word = word;
    this.status = status;
  }

  String word() {
    return word;
  }

  int status() {
    return status;
  }

  static DidResolutionError of(ErrorCode code) {
    return switch (code) {
      case DID_INVALID -> INVALID;
      case DID_NOT_FOUND -> NOT_FOUND;
      case DID_METHOD_UNSUPPORTED -> METHOD;
      case DID_DOCUMENT_INVALID -> DOCUMENT;
      default -> INTERNAL;
    };
  }
}
