package io.talos.a2a;

import io.talos.a2a.groups.Entries;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Gives a member, or whoever was invited, what an external commit is made from.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody else, {@link
 * ErrorCode#A2A_GROUP_STATE_INVALID} before the first commit and in a closed group.
 */
@Dependent
public class ReadGroupInfo {
  private final GroupDoor door;
  private final Entries entries;
  private final InstantSource clock;

  @Inject
  ReadGroupInfo(GroupDoor door, Entries entries, InstantSource clock) {
    this.door = door;
    this.entries = entries;
    this.clock = clock;
  }

  /** The newest group info, for {@code actor}. */
  @Transactional
  public Outcome<Entries.Info> read(UuidV7 id, String actor) {
    Instant now = clock.instant();
    return door.lookIn(id, actor, now)
        .then(group -> GroupDoor.unless(group.refusesUse(), group))
        .then(
            group ->
                entries
                    .info(id)
                    .map(Outcome::done)
                    .orElseGet(() -> Outcome.refused(ErrorCode.A2A_GROUP_STATE_INVALID)));
  }
}
