package io.talos.audit.event;

import io.talos.audit.erasure.ErasedMember;
import io.talos.audit.erasure.Erasure;
import io.talos.audit.erasure.ErasureRows;
import io.talos.audit.erasure.ErasureTarget;
import io.talos.audit.tree.Pending;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Events in memory; {@link #outbox} is what the log's memory reads. */
public final class MemoryEventRows implements EventRows, ErasureRows {
  public final List<Pending> outbox = new ArrayList<>();

  private final Map<UuidV7, AuditEvent> events = new TreeMap<>();
  private final List<ErasedMember> erased = new ArrayList<>();
  public final Map<String, Long> sources = new HashMap<>();
  private final Map<String, JsonObject> open = new LinkedHashMap<>();
  private long position;

  @Override
  public long nextSeq(String source) {
    return sources.merge(source, 1L, Long::sum) - 1;
  }

  @Override
  public void add(AuditEvent event) {
    JsonObject json = event.json();
    events.put(event.eventId(), event);
    outbox.add(
        new Pending(
            position++,
            event.eventId(),
            json.getString("source"),
            json.getJsonNumber("source_seq").longValueExact(),
            json.getString("kind"),
            WireTime.parse(json.getString("ts")),
            event.hash()));
    if (json.getString("phase").equals("admission")) {
      open.put(event.eventId().text(), json);
    }
    if (json.getString("phase").equals("outcome")) {
      open.remove(json.getString("admission_id", ""));
    }
  }

  @Override
  public Optional<JsonObject> find(UuidV7 eventId) {
    return Optional.ofNullable(events.get(eventId)).map(AuditEvent::json);
  }

  @Override
  public SortedMap<String, Opening> openings(UuidV7 eventId) {
    SortedMap<String, Opening> left = new TreeMap<>();
    Optional.ofNullable(events.get(eventId)).ifPresent(event -> left.putAll(event.openings()));
    erased(eventId).forEach(member -> left.remove(member.name()));
    return left;
  }

  @Override
  public List<ErasedMember> erase(ErasureTarget target, Erasure erasure, int most) {
    List<ErasedMember> gone =
        events.values().stream()
            .filter(event -> isOf(event, target))
            .flatMap(
                event ->
                    openings(event.eventId()).keySet().stream()
                        .map(name -> new ErasedMember(event.eventId(), name, erasure)))
            .limit(most)
            .toList();
    erased.addAll(gone);
    return gone;
  }

  private boolean isOf(AuditEvent event, ErasureTarget target) {
    return target.match(
        one -> one.eventId().equals(event.eventId()),
        all -> all.id().equals(event.json().getJsonObject("principal").getString("id", "")),
        person ->
            Optional.ofNullable(openings(event.eventId()).get(AuditEvent.OPERATOR_SUBJECT))
                .filter(opening -> opening.value().equals(person.subject()))
                .isPresent());
  }

  @Override
  public List<ErasedMember> erased(UuidV7 eventId) {
    return erased.stream()
        .filter(member -> member.eventId().equals(eventId))
        .sorted(Comparator.comparing(ErasedMember::name))
        .toList();
  }

  public Optional<Bytes> signatureBase(UuidV7 eventId) {
    return Optional.ofNullable(events.get(eventId)).flatMap(AuditEvent::signatureBase);
  }

  /** Every event, in no order. */
  List<JsonObject> all() {
    return events.values().stream().map(AuditEvent::json).toList();
  }

  @Override
  public List<JsonObject> openAdmissions(String node, Instant before, int most) {
    return open.values().stream()
        .filter(e -> e.getString("source").startsWith(node + "/"))
        .filter(e -> WireTime.parse(e.getString("ts")).isBefore(before))
        .sorted(Comparator.comparing(e -> e.getString("ts")))
        .limit(most)
        .toList();
  }
}
