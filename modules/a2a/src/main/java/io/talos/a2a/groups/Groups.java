package io.talos.a2a.groups;

import io.talos.contracts.id.UuidV7;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Remembers groups and their histories. Every method needs a transaction. */
public interface Groups {
  /**
   * Makes the caller the group's only writer until its transaction ends.
   *
   * @return false when somebody else still is after {@code atMost}
   */
  boolean lock(UuidV7 group, Duration atMost);

  /** The group. Whoever wants to change it takes the lock first. */
  Optional<Group> find(UuidV7 group);

  /** Keeps a new group and the first event of its history. */
  void add(Group.Creation creation);

  /**
   * Keeps a change; the caller holds the lock.
   *
   * @throws IllegalArgumentException when the group is not what the change began with
   */
  void change(Group.Change change);

  /** Groups that {@code agent} is a member of, by id, after {@code after}. */
  List<Group> of(String agent, Optional<UuidV7> after, int limit);

  /** The events from {@code sequence} on. */
  List<GroupEvent> events(UuidV7 group, long sequence, int limit);
}
