package io.talos.policy.bundles;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.policy.PolicyDocument;
import java.time.Instant;

/** A document that somebody keeps to publish it later. */
public record PolicyDraft(UuidV7 id, PolicyDocument document, Instant createdAt, String createdBy) {
  /** The document's digest. */
  public Bytes digest() {
    return document.digest();
  }

  /** A draft without its document. */
  public record Summary(UuidV7 id, String digest, Instant createdAt, String createdBy) {}
}
