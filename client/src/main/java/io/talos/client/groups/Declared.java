package io.talos.client.groups;

import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.List;

/**
 * What the server says of a commit. A member believes none of it: it must be what the commit does.
 *
 * @param sender who is said to have sent it
 * @param added who is said to be added
 * @param removed who is said to be removed
 * @param external whether it is said to come from outside
 * @param at when the server took it; the keys of those who come in must have spoken then
 */
public record Declared(
    Did sender, List<Did> added, List<Did> removed, boolean external, Instant at) {
  /** Sorts and copies. */
  public Declared {
    added = added.stream().sorted().toList();
    removed = removed.stream().sorted().toList();
  }
}
