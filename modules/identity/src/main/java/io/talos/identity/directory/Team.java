package io.talos.identity.directory;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;

/**
 * A team of an organisation.
 *
 * @param org to which it belongs for good
 * @param name one of a kind in its organisation
 */
public record Team(UuidV7 id, UuidV7 org, String name, Instant createdAt) {
  /** Checks the name. */
  public Team {
    Names.require(name, Limits.NAME_CHARACTERS_MAX);
  }
}
