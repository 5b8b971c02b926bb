package io.talos.audit.store;

import io.talos.audit.proofs.Attested;
import io.talos.audit.proofs.Place;
import io.talos.audit.proofs.ProofRows;
import io.talos.audit.proofs.Provable;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.Published;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.anchor.Anchor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds in one statement what proves an event. */
@ApplicationScoped
public class ProofStore implements ProofRows {
  /** Evidence is canonical JSON, in which a line feed never stands as itself. */
  private static final String EVIDENCE =
      "(select string_agg(k.kind || ' ' || k.evidence, chr(10) order by k.kind, k.name)"
          + " from audit.anchor k where k.log_id = c.log_id and k.size = c.size) as evidence";

  private static final String FIND =
      """
      select e.event, v.signature_base, l.log_id, %3$s, l.log_seq, l.leaf,
        n.note as newest, n.evidence as newest_evidence, a.note as anchored, a.evidence,
        (select string_agg(h.hash, cast('' as bytea) order by h.position) from audit.tree_hash h
          where h.log_id = l.log_id and h.tile_level = 0
            and h.position >= l.log_seq / %2$d * %2$d
            and h.position < l.log_seq / %2$d * %2$d + %2$d) as tile
      from audit.event e
        left join audit.evidence v on v.event_id = e.event_id
        left join audit.leaf l on l.event_id = e.event_id
        left join lateral (
          select c.note, %1$s
          from audit.published p join audit.checkpoint c on c.log_id = p.log_id and c.size = p.size
          where p.log_id = l.log_id order by p.size desc limit 1) n on true
        left join lateral (
          select c.note, %1$s
          from audit.anchor_epoch o join audit.checkpoint c on c.log_id = o.log_id and c.size = o.size
          where o.log_id = l.log_id and o.size >= greatest(l.log_seq + 1, ?2)
            and exists (select from audit.anchor k where k.log_id = o.log_id and k.size = o.size)
            and not exists (select from audit.anchor_task t
              where t.log_id = o.log_id and t.size = o.size)
          order by o.size limit 1) a on true
      where e.event_id = cast(?1 as uuid)
      """
          .formatted(EVIDENCE, Tile.WIDTH_FULL, LogColumns.KEYS);

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public Optional<Provable> find(UuidV7 eventId, long reach) {
    return Columns.rows(
            rows.createNativeQuery(FIND)
                .setParameter(1, eventId.text())
                .setParameter(2, reach)
                .getResultList())
        .stream()
        .findFirst()
        .map(
            row ->
                new Provable(
                    EventStore.event(row[0]),
                    Optional.ofNullable(row[1]).map(Columns::bytes),
                    row[2] == null ? Optional.empty() : Optional.of(place(eventId, row))));
  }

  private static Place place(UuidV7 eventId, @Nullable Object[] row) {
    long logId = Columns.whole(row[2]);
    return new Place(
        LogColumns.name(logId, (String) row[3]),
        new Entry(logId, Columns.whole(row[4]), eventId, Columns.bytes(row[5])),
        row[10] == null ? List.of() : Columns.hashes(Columns.bytes(row[10])),
        attested(row[6], row[7])
            .orElseThrow(() -> new IllegalStateException("a log has a published checkpoint")),
        attested(row[8], row[9]));
  }

  private static Optional<Attested> attested(@Nullable Object note, @Nullable Object evidence) {
    return Optional.ofNullable((String) note)
        .map(
            text ->
                new Attested(
                    Published.of(SignedNote.parse(text)),
                    Stream.ofNullable((String) evidence)
                        .flatMap(String::lines)
                        .map(ProofStore::anchor)
                        .toList()));
  }

  private static Anchor anchor(String line) {
    int space = line.indexOf(' ');
    return AnchorStore.anchor(line.substring(0, space), line.substring(space + 1));
  }
}
