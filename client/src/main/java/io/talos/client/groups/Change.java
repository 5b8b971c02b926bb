package io.talos.client.groups;

import io.talos.contracts.did.Did;
import java.util.List;

/**
 * What a genuine commit did.
 *
 * @param epoch the epoch that it began
 * @param author whose commit it was
 * @param added who came in
 * @param removed who went
 */
public record Change(long epoch, Did author, List<Did> added, List<Did> removed) {
  /** Copies. */
  public Change {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
