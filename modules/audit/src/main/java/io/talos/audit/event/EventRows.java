package io.talos.audit.event;

import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** Where events are kept. Writing needs a transaction, and belongs to it. */
public interface EventRows {
  /**
   * The next number of {@code source}, from 0 and without a gap: a transaction that rolls back
   * gives its numbers back, and another one of the same source waits until this one has ended.
   */
  long nextSeq(String source);

  /** Keeps the event with its openings and evidence, and puts it up for the log. */
  void add(AuditEvent event);

  /** The event as it was hashed. */
  Optional<JsonObject> find(UuidV7 eventId);

  /** What the event's commitments hide, as far as it was not erased. */
  SortedMap<String, Opening> openings(UuidV7 eventId);

  /**
   * At most {@code most} admissions of the sources {@code node/…} from before {@code before} that
   * have no outcome, oldest first.
   */
  List<JsonObject> openAdmissions(String node, Instant before, int most);
}
