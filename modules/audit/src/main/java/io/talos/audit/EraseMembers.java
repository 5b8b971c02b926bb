package io.talos.audit;

import io.talos.audit.erasure.ErasedMember;
import io.talos.audit.erasure.Erasure;
import io.talos.audit.erasure.ErasureReason;
import io.talos.audit.erasure.ErasureRows;
import io.talos.audit.erasure.ErasureTarget;
import io.talos.audit.erasure.Limits;
import io.talos.audit.event.EventRows;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Erases personal members of events: value and salt are gone from the database, and every hash and
 * proof stays as it is. Safe to repeat; what was exported before cannot be called back.
 *
 * <p>At most {@link Limits#MEMBERS_MAX} members a call. Audited as {@code audit.members_erased},
 * which names the members and how many, never a value, and nobody whose id is personal.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_EVENT_NOT_FOUND}.
 */
@Dependent
public class EraseMembers {
  private final ErasureRows rows;
  private final EventRows events;
  private final WriteEvent writeEvent;
  private final CurrentRequest current;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  EraseMembers(
      ErasureRows rows,
      EventRows events,
      WriteEvent writeEvent,
      CurrentRequest current,
      UuidV7Generator ids,
      InstantSource clock) {
    this.rows = rows;
    this.events = events;
    this.writeEvent = writeEvent;
    this.current = current;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What a call came to.
   *
   * @param members what it erased
   * @param more whether there may be more
   * @param ever for one event, everything that was ever erased of it
   */
  public record Done(List<ErasedMember> members, boolean more, List<ErasedMember> ever) {
    /** Copies. */
    public Done {
      members = List.copyOf(members);
      ever = List.copyOf(ever);
    }
  }

  /** Erases. */
  @Transactional
  public Reading<Done> erase(
      ErasureTarget target, ErasureReason reason, Optional<String> reference) {
    Instant now = clock.instant();
    if (target instanceof ErasureTarget.OfEvent one && events.find(one.eventId()).isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    Erasure erasure = new Erasure(ids.next(now), reason, reference, now);
    List<ErasedMember> gone = rows.erase(target, erasure, Limits.MEMBERS_MAX);
    if (!gone.isEmpty()) {
      writeEvent.write(facts(target, erasure, gone), current.context(), now);
    }
    List<ErasedMember> ever =
        target.match(one -> rows.erased(one.eventId()), all -> List.of(), all -> List.of());
    return new Reading.Found<>(new Done(gone, gone.size() == Limits.MEMBERS_MAX, ever));
  }

  private static AuditFacts facts(
      ErasureTarget target, Erasure erasure, List<ErasedMember> members) {
    JsonObjectBuilder meta =
        Json.createObjectBuilder()
            .add("reason", erasure.reason().wire())
            .add("members", members.size())
            .add("events", members.stream().map(ErasedMember::eventId).distinct().count())
            .add(
                "names",
                members.stream()
                    .map(ErasedMember::name)
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" ")));
    erasure.reference().ifPresent(text -> meta.add("reference", text));
    JsonObjectBuilder told =
        target.match(
            one -> meta.add("event_id", one.eventId().text()),
            all -> meta.add("principal", all.id()),
            // Whose it was is what is erased; the event tells no more than that it was a person's.
            person -> meta.add("of_operator", true));
    return AuditFacts.act(
        "audit.members_erased",
        new AuditFacts.Resource("erasure", erasure.id().text()),
        told.build());
  }
}
