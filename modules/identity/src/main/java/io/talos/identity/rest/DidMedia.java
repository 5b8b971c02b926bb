package io.talos.identity.rest;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/**
 * In which form a resolved DID is wanted: the document alone, or the whole result of the resolution
 * with its metadata. The answer bears the name that was asked for.
 *
 * <p>Source: W3C DID Resolution v1.0, "Bindings: HTTP(S)"; W3C DID Core 1.0 §6.
 */
enum DidMedia {
  /** The document, when the caller does not say which of its names it prefers. */
  DOCUMENT("application/did+json"),
  /** The document under its name as JSON-LD. */
  LINKED_DOCUMENT("application/did+ld+json"),
  /** The document under its newest name. */
  DID("application/did"),
  /** The document in a resolution result. */
  RESULT("application/ld+json;profile=\"https://w3id.org/did-resolution\""),
  /** The same under its newest name. */
  RESOLUTION("application/did-resolution");

  private static final String PROFILE = "https://w3id.org/did-resolution";

  private final String contentType;

  DidMedia(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  boolean isResult() {
    return this == RESULT || this == RESOLUTION;
  }

  /** What suits the caller best; empty when nothing does. */
  static Optional<DidMedia> best(List<MediaType> acceptable) {
    return acceptable.stream().flatMap(type -> of(type).stream()).findFirst();
  }

  private static Optional<DidMedia> of(MediaType type) {
    String name = type.getType() + "/" + type.getSubtype();
    return switch (name) {
      case "application/did-resolution" -> Optional.of(RESOLUTION);
      case "application/ld+json" ->
          PROFILE.equals(type.getParameters().get("profile"))
              ? Optional.of(RESULT)
              : Optional.empty();
      case "application/did+ld+json" -> Optional.of(LINKED_DOCUMENT);
      case "application/did" -> Optional.of(DID);
      case "application/did+json", "application/json", "application/*", "*/*" ->
          Optional.of(DOCUMENT);
      default -> Optional.empty();
    };
  }
}
