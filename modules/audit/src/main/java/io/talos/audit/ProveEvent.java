package io.talos.audit;

import io.talos.audit.anchors.AnchorRows;
import io.talos.audit.event.EventRows;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.TileMemory;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.KeyStatement;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.MerkleProof;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.port.KeyStatements;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/**
 * Gives out the proof of an event under the first checkpoint that covers it and is anchored, with
 * its anchors, or else under the newest one; and that this checkpoint continues an earlier size.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_EVENT_NOT_FOUND}, {@link ErrorCode#AUDIT_PROOF_PENDING}
 * until the event is in the log, {@link ErrorCode#AUDIT_LOG_HALTED} also when the stored hashes do
 * not prove the entry, {@link ErrorCode#TALOS_INVALID_INPUT} when the earlier size is larger than
 * the log.
 */
@Dependent
public class ProveEvent {
  private final ReadEvents reading;
  private final EventRows events;
  private final LogRows rows;
  private final LogGuard guard;
  private final TileMemory tiles;
  private final KeyStatements keys;
  private final AnchorRows anchors;

  @Inject
  ProveEvent(
      ReadEvents reading,
      EventRows events,
      LogRows rows,
      LogGuard guard,
      TileMemory tiles,
      KeyStatements keys,
      AnchorRows anchors) {
    this.reading = reading;
    this.events = events;
    this.rows = rows;
    this.guard = guard;
    this.tiles = tiles;
    this.keys = keys;
    this.anchors = anchors;
  }

  /**
   * The event's bundle.
   *
   * @param since an earlier size of the log to prove growth from
   */
  @Transactional
  public Reading<ProofBundle> prove(UuidV7 eventId, Optional<Long> since, Principal reader) {
    Optional<JsonObject> event = reading.visible(eventId, reader);
    if (event.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    Optional<Entry> entry = rows.entryOf(eventId);
    if (entry.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_PROOF_PENDING);
    }
    return bundle(event.get(), entry.get(), since);
  }

  private Reading<ProofBundle> bundle(JsonObject event, Entry entry, Optional<Long> since) {
    LogName log = rows.byId(entry.logId()).orElseThrow();
    Published newest = rows.published(log).orElseThrow();
    if (since.isPresent() && since.get() > newest.checkpoint().size()) {
      return new Reading.Refused<>(ErrorCode.TALOS_INVALID_INPUT);
    }
    if (newest.checkpoint().size() <= entry.logSeq()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_PROOF_PENDING);
    }
    Published under = anchored(log, Math.max(entry.logSeq() + 1, since.orElse(0L))).orElse(newest);
    long size = under.checkpoint().size();
    TileHashes hashes = TileHashes.of(tiles.before(log, rows.tiles(log)));
    List<Bytes> path = MerkleTree.inclusion(entry.logSeq(), size, hashes);
    if (!MerkleProof.includes(
        MerkleTree.leafHash(entry.leaf()), entry.logSeq(), size, path, under.checkpoint().root())) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    return new Reading.Found<>(
        new ProofBundle(
            event,
            StrictJson.parseObject(entry.leaf(), Limits.REQUEST),
            size,
            path,
            under.note().encoded(),
            since.map(
                from ->
                    new ProofBundle.Consistency(from, MerkleTree.consistency(from, size, hashes))),
            events.signatureBase(entry.eventId()),
            callersKeys(event),
            anchors.anchors(log.id(), size).stream().map(Anchor::json).toList()));
  }

  /** The first anchored checkpoint from this size on; a proof under it shows what others saw. */
  private Optional<Published> anchored(LogName log, long from) {
    return anchors
        .anchored(log.id(), from)
        .map(epoch -> Published.of(SignedNote.parse(anchors.note(log.id(), epoch.size()))))
        .filter(published -> published.note().isSignedBy(log.key()));
  }

  /** Only a signed request needs them: they prove that the signing key spoke for the caller. */
  private List<KeyStatement> callersKeys(JsonObject event) {
    return Optional.ofNullable(event.getJsonObject("evidence"))
        .filter(evidence -> evidence.getString("mode").equals(AuthMode.SIGNED.wire()))
        .map(signed -> keys.of(event.getJsonObject("principal").getString("id")))
        .orElse(List.of());
  }
}
