package io.talos.identity.directory;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;

/**
 * An organisation.
 *
 * @param name what people call it
 * @param domain its own; whose did:web documents are fetched
 */
public record Org(UuidV7 id, String name, Domain domain, Instant createdAt) {
  /** Checks the name. */
  public Org {
    Names.require(name, Limits.NAME_CHARACTERS_MAX);
  }
}
