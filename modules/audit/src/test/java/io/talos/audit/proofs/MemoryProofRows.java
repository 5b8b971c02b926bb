package io.talos.audit.proofs;

import io.talos.audit.anchors.MemoryAnchorRows;
import io.talos.audit.event.MemoryEventRows;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import java.util.Optional;

/** What proves an event, out of the other memories. */
public final class MemoryProofRows implements ProofRows {
  public int asked;

  private final MemoryEventRows events;
  private final MemoryLogRows logs;
  private final MemoryAnchorRows anchors;

  public MemoryProofRows(MemoryEventRows events, MemoryLogRows logs, MemoryAnchorRows anchors) {
    this.events = events;
    this.logs = logs;
    this.anchors = anchors;
  }

  @Override
  public Optional<Provable> find(UuidV7 eventId, long reach) {
    asked++;
    return events
        .find(eventId)
        .map(
            event ->
                new Provable(
                    event,
                    events.signatureBase(eventId),
                    logs.entryOf(eventId).map(entry -> place(entry, reach))));
  }

  private Place place(Entry entry, long reach) {
    LogName log = logs.byId(entry.logId()).orElseThrow();
    return new Place(
        log,
        entry,
        logs.stored(log, 0, entry.logSeq() / Tile.WIDTH_FULL),
        attested(log, logs.published(log).orElseThrow()),
        anchors
            .anchored(log.id(), Math.max(entry.logSeq() + 1, reach))
            .map(epoch -> Published.of(SignedNote.parse(anchors.note(log.id(), epoch.size()))))
            .map(published -> attested(log, published)));
  }

  private Attested attested(LogName log, Published published) {
    return new Attested(published, anchors.anchors(log.id(), published.checkpoint().size()));
  }
}
