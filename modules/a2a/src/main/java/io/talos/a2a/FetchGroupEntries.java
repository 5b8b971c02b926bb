package io.talos.a2a;

import io.talos.a2a.groups.Entries;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.GroupCursor;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Stay;
import io.talos.a2a.ops.A2aSettings;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Hands an agent what was sent to a group while it was a member, in the server's order: from the
 * entry that made it a member to the one that removed it, both included, and nothing else.
 *
 * <p>Without a cursor it begins where the agent became a member last. Using a cursor acknowledges
 * everything before it; what all readers have acknowledged is kept no longer.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody who never was a member,
 * {@link ErrorCode#TALOS_INVALID_CURSOR} for a cursor that was not made for this reader, {@link
 * ErrorCode#A2A_GROUP_ENTRIES_GONE} when the next entry is kept no longer.
 */
@Dependent
public class FetchGroupEntries {
  private final Members members;
  private final Entries entries;
  private final CursorKey cursorKey;
  private final A2aSettings settings;

  @Inject
  FetchGroupEntries(Members members, Entries entries, CursorKey cursorKey, A2aSettings settings) {
    this.members = members;
    this.entries = entries;
    this.cursorKey = cursorKey;
    this.settings = settings;
  }

  /**
   * Some entries, as the reader sees them.
   *
   * @param nextCursor to go on from; also when there is nothing more yet
   */
  public record Page(List<Entry> entries, String nextCursor) implements AwaitPage.Page {
    /** Copies. */
    public Page {
      entries = List.copyOf(entries);
    }

    @Override
    public boolean isEmpty() {
      return entries.isEmpty();
    }
  }

  /**
   * The entries for {@code actor} after {@code cursor}.
   *
   * @param limit 1 to {@value Limits#PAGE_MAX}; a page may end earlier by its bytes
   */
  @Transactional
  public Outcome<Page> fetch(UuidV7 id, String actor, Optional<String> cursor, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    List<Stay> stays = members.stays(id, actor);
    if (stays.isEmpty()) {
      return GroupDoor.nothing();
    }
    return start(id, actor, cursor, stays).then(place -> page(id, actor, place, limit, stays));
  }

  private Outcome<Long> start(UuidV7 id, String actor, Optional<String> cursor, List<Stay> stays) {
    if (cursor.isEmpty()) {
      return Outcome.done(stays.get(stays.size() - 1).from() - 1);
    }
    Optional<Long> place = cursors().decode(id, actor, cursor.get());
    place.ifPresent(position -> members.acknowledge(id, actor, position));
    return place
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.TALOS_INVALID_CURSOR));
  }

  private Outcome<Page> page(UuidV7 id, String actor, long place, int limit, List<Stay> stays) {
    List<Entry> found = entries.after(id, actor, place, limit, settings.pageBytesMax());
    // Asked after the entries: what went in between is taken for gone, never passed over.
    long pruned = entries.pruned(id);
    if (Stay.firstAfter(stays, place).filter(next -> next <= pruned).isPresent()) {
      return Outcome.refused(ErrorCode.A2A_GROUP_ENTRIES_GONE);
    }
    long last = found.isEmpty() ? place : found.get(found.size() - 1).position();
    return Outcome.done(
        new Page(
            found.stream().map(entry -> entry.shownTo(actor, stays)).toList(),
            cursors().encode(id, actor, last)));
  }

  private GroupCursor cursors() {
    return cursorKey.of(GroupCursor.What.ENTRIES);
  }
}
