package io.talos.audit;

import io.talos.audit.proofs.Attested;
import io.talos.audit.proofs.Place;
import io.talos.audit.proofs.ProofRows;
import io.talos.audit.proofs.Provable;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
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
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.port.KeyStatements;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;

/**
 * Gives out the proof of an event under the first checkpoint that covers it and is anchored, with
 * its anchors, or else under the newest one; and that this checkpoint continues an earlier size.
 *
 * <p>Costs one question to the database, which brings the entry's own tile, one more for each other
 * tile that is not in memory (in a log of ten million entries four of some 160, which all proofs
 * share), and one for the keys of a caller that signed.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_EVENT_NOT_FOUND}, {@link ErrorCode#AUDIT_PROOF_PENDING}
 * until the event is in the log, {@link ErrorCode#AUDIT_LOG_HALTED} also when the stored hashes do
 * not prove the entry, {@link ErrorCode#TALOS_INVALID_INPUT} when the earlier size is larger than
 * the log.
 */
@Dependent
public class ProveEvent {
  private final ReadEvents reading;
  private final ProofRows proofs;
  private final LogRows rows;
  private final LogGuard guard;
  private final TileMemory tiles;
  private final KeyStatements keys;

  @Inject
  ProveEvent(
      ReadEvents reading,
      ProofRows proofs,
      LogRows rows,
      LogGuard guard,
      TileMemory tiles,
      KeyStatements keys) {
    this.reading = reading;
    this.proofs = proofs;
    this.rows = rows;
    this.guard = guard;
    this.tiles = tiles;
    this.keys = keys;
  }

  /**
   * The event's bundle. Rows of the log are only ever added, so what is asked for later fits what
   * was found first; a transaction around it would only be one more way to the database.
   *
   * @param since an earlier size of the log to prove growth from
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public Reading<ProofBundle> prove(UuidV7 eventId, Optional<Long> since, Principal reader) {
    if (guard.halted().isPresent()) {
      // Whoever may not see the event learns nothing of the log either.
      return new Reading.Refused<>(
          reading.visible(eventId, reader).isPresent()
              ? ErrorCode.AUDIT_LOG_HALTED
              : ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    Optional<Provable> found =
        proofs
            .find(eventId, since.orElse(0L))
            .filter(provable -> ReadEvents.isVisible(provable.event(), reader));
    if (found.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND);
    }
    if (found.get().place().isEmpty()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_PROOF_PENDING);
    }
    return bundle(found.get(), found.get().place().get(), since);
  }

  private Reading<ProofBundle> bundle(Provable provable, Place place, Optional<Long> since) {
    Entry entry = place.entry();
    if (since.isPresent() && since.get() > place.newest().size()) {
      return new Reading.Refused<>(ErrorCode.TALOS_INVALID_INPUT);
    }
    if (place.newest().size() <= entry.logSeq()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_PROOF_PENDING);
    }
    LogName log = place.log();
    Attested under =
        place
            .anchored()
            .filter(anchored -> log.signed(anchored.published()))
            .orElse(place.newest());
    long size = under.size();
    TileHashes hashes = TileHashes.of(tiles.before(log, reader(place)));
    List<Bytes> path = MerkleTree.inclusion(entry.logSeq(), size, hashes);
    if (!MerkleProof.includes(
        MerkleTree.leafHash(entry.leaf()),
        entry.logSeq(),
        size,
        path,
        under.published().checkpoint().root())) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    return new Reading.Found<>(
        new ProofBundle(
            provable.event(),
            StrictJson.parseObject(entry.leaf(), Limits.REQUEST),
            size,
            path,
            under.published().note().encoded(),
            since.map(
                from ->
                    new ProofBundle.Consistency(from, MerkleTree.consistency(from, size, hashes))),
            provable.signatureBase(),
            callersKeys(provable.event()),
            under.anchors().stream().map(Anchor::json).toList()));
  }

  /** The entry's own tile came with it. */
  private TileHashes.Reader reader(Place place) {
    long own = place.entry().logSeq() / Tile.WIDTH_FULL;
    return (level, index) ->
        level == 0 && index == own ? place.tile() : rows.tile(place.log(), level, index);
  }

  /** Only a signed request needs them: they prove that the signing key spoke for the caller. */
  private List<KeyStatement> callersKeys(JsonObject event) {
    return Optional.ofNullable(event.getJsonObject("evidence"))
        .filter(evidence -> evidence.getString("mode").equals(AuthMode.SIGNED.wire()))
        .map(signed -> keys.of(event.getJsonObject("principal").getString("id")))
        .orElse(List.of());
  }
}
