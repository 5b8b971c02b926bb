package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/**
 * Says whether an agent may know of a group: its members and the invited may.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody else.
 */
@Dependent
public class KnowGroup {
  private final GroupDoor door;
  private final InstantSource clock;

  @Inject
  KnowGroup(GroupDoor door, InstantSource clock) {
    this.door = door;
    this.clock = clock;
  }

  /** The group, when {@code actor} may know of it. */
  @Transactional
  public Outcome<Group> ask(UuidV7 id, String actor) {
    return door.lookIn(id, actor, clock.instant());
  }
}
