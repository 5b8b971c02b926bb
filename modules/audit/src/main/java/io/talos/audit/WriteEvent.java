package io.talos.audit;

import io.talos.audit.event.AddressKeys;
import io.talos.audit.event.EventRows;
import io.talos.audit.event.Stripes;
import io.talos.audit.ops.AuditSettings;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventPhase;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.registry.MetaAllowList;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes one event in the caller's transaction: it is there when the transaction commits, and was
 * never there when it does not.
 *
 * <p>Every event goes through here, and none takes metadata along that {@link MetaAllowList} does
 * not have: the event says so, and is written all the same, since the act is what must be on
 * record.
 */
@Dependent
public class WriteEvent {
  private final EventRows events;
  private final Stripes stripes;
  private final AuditSettings settings;
  private final AddressKeys addresses;
  private final MetaAllowList allowed;
  private final UuidV7Generator ids;
  private final Randomness randomness;

  @Inject
  WriteEvent(
      EventRows events,
      Stripes stripes,
      AuditSettings settings,
      AddressKeys addresses,
      MetaAllowList allowed,
      UuidV7Generator ids,
      Randomness randomness) {
    this.events = events;
    this.stripes = stripes;
    this.settings = settings;
    this.addresses = addresses;
    this.allowed = allowed;
    this.ids = ids;
    this.randomness = randomness;
  }

  /** Writes what happened {@code now}; the admission of a request has the id that it was given. */
  public AuditEvent write(AuditFacts facts, Optional<RequestContext> request, Instant now) {
    UuidV7 id =
        facts.phase() == EventPhase.ADMISSION
            ? request.flatMap(RequestContext::admissionId).orElseThrow()
            : ids.next(now);
    String source = settings.node() + "/" + stripes.current();
    AuditEvent.Place place = new AuditEvent.Place(id, now, source, events.nextSeq(source));
    String surface = request.map(RequestContext::surfaceId).orElse("");
    AuditEvent event =
        AuditEvent.of(
            facts.withMeta(allowed.admit(facts.kind(), surface, facts.meta())),
            request,
            place,
            request.flatMap(context -> addresses.hash(context.clientAddress())),
            randomness);
    events.add(event);
    return event;
  }
}
