package io.talos.a2a;

import io.talos.a2a.groups.Roster;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/**
 * Shows a group to its members.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody else, as if it did not
 * exist.
 */
@Dependent
public class ReadGroup {
  private final GroupDoor door;

  @Inject
  ReadGroup(GroupDoor door) {
    this.door = door;
  }

  /** The group as {@code actor} sees it. */
  @Transactional
  public Outcome<Roster> read(UuidV7 id, String actor) {
    return door.look(id, actor);
  }
}
