package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import java.util.List;
import java.util.Optional;

/**
 * A commit that the group has not accepted yet. Nothing changed for its author so far.
 *
 * @param epoch the epoch that it ends
 * @param commit MLSMessage with the commit
 * @param welcome MLSMessage for those that it adds, where it adds any
 * @param groupInfo MLSMessage by which others may join the next epoch from outside
 * @param added who it adds
 * @param removed who it removes
 * @param external whether its author comes from outside with it
 */
public record PreparedCommit(
    long epoch,
    Bytes commit,
    Optional<Bytes> welcome,
    Bytes groupInfo,
    List<Did> added,
    List<Did> removed,
    boolean external) {
  /** Copies. */
  public PreparedCommit {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
  }
}
