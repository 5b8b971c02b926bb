package io.talos.a2a;

import io.talos.a2a.groups.GroupCursor;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Shows a group's members its history, each event with the digest that covers all before.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members, {@link
 * ErrorCode#TALOS_INVALID_CURSOR} for a cursor that was not made for this reader.
 */
@Dependent
public class ReadGroupHistory {
  private final GroupDoor door;
  private final Groups groups;
  private final CursorKey cursorKey;

  @Inject
  ReadGroupHistory(GroupDoor door, Groups groups, CursorKey cursorKey) {
    this.door = door;
    this.groups = groups;
    this.cursorKey = cursorKey;
  }

  /**
   * Some events.
   *
   * @param nextCursor to go on from, when there are more
   */
  public record Page(List<GroupEvent> events, Optional<String> nextCursor) {
    /** Copies. */
    public Page {
      events = List.copyOf(events);
    }
  }

  /**
   * The events for {@code actor} from {@code cursor} on.
   *
   * @param limit 1 to {@value Limits#PAGE_MAX}
   */
  @Transactional
  public Outcome<Page> read(UuidV7 id, String actor, Optional<String> cursor, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    return door.seat(id, actor)
        .then(seat -> start(id, actor, cursor))
        .then(sequence -> Outcome.done(page(id, actor, sequence, limit)));
  }

  private Outcome<Long> start(UuidV7 id, String actor, Optional<String> cursor) {
    if (cursor.isEmpty()) {
      return Outcome.done(0L);
    }
    return cursors()
        .decode(id, actor, cursor.get())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.TALOS_INVALID_CURSOR));
  }

  private Page page(UuidV7 id, String actor, long sequence, int limit) {
    List<GroupEvent> found = groups.events(id, sequence, limit + 1);
    return found.size() <= limit
        ? new Page(found, Optional.empty())
        : new Page(
            found.subList(0, limit), Optional.of(cursors().encode(id, actor, sequence + limit)));
  }

  private GroupCursor cursors() {
    return cursorKey.of(GroupCursor.What.EVENTS);
  }
}
