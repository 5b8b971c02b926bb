package io.talos.identity.rest;

import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;

/**
 * In which of its two forms a resolved DID is wanted: the document alone, or the whole result of
 * the resolution with its metadata.
 *
 * <p>Source: W3C DID Resolution v1.0, "Bindings: HTTP(S)".
 */
enum DidMedia {
  /** The document. */
  DOCUMENT("application/did+json"),
  /** The document in a resolution result. */
  RESULT("application/ld+json;profile=\"https://w3id.org/did-resolution\"");

  private static final String PROFILE = "https://w3id.org/did-resolution";

  private final String contentType;

  DidMedia(String contentType) {
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /** What suits the caller best; empty when nothing does. */
  static Optional<DidMedia> best(List<MediaType> acceptable) {
    return acceptable.stream().flatMap(type -> of(type).stream()).findFirst();
  }

  private static Optional<DidMedia> of(MediaType type) {
    String name = type.getType() + "/" + type.getSubtype();
    return switch (name) {
      case "application/did-resolution" -> Optional.of(RESULT);
      case "application/ld+json" ->
          PROFILE.equals(type.getParameters().get("profile"))
              ? Optional.of(RESULT)
              : Optional.empty();
      case "application/did+json", "application/did", "application/json", "application/*", "*/*" ->
          Optional.of(DOCUMENT);
      default -> Optional.empty();
    };
  }
}
