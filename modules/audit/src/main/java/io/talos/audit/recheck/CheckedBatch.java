package io.talos.audit.recheck;

import io.talos.audit.recheck.RecheckRows.StoredEntry;
import io.talos.audit.recheck.RecheckRows.StoredEvent;
import io.talos.audit.recheck.RecheckRows.StoredEvidence;
import io.talos.audit.recheck.RecheckRows.StoredHash;
import io.talos.audit.recheck.RecheckRows.StoredOpening;
import io.talos.audit.tree.LogName;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.time.WireTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one batch, each checked by itself against its event, its hash in the tree, what
 * its commitments hide and what its caller signed. Batches do not need each other, so two cores
 * check two of them.
 *
 * @param entries what is good, in order, up to the first bad row
 * @param bad the first bad row
 */
record CheckedBatch(List<Checked> entries, Optional<BadRow> bad) {
  CheckedBatch {
    entries = List.copyOf(entries);
  }

  /** An entry that is good by itself. */
  record Checked(Bytes hash, String source, long sourceSeq) {}

  /** Reads and checks the entries from {@code from} to {@code end}. */
  static CheckedBatch read(RecheckRows rows, LogName log, long from, long end) {
    return new Reading(rows, log, from).run(end);
  }

  private static final class Reading {
    private final RecheckRows rows;
    private final LogName log;
    private final Map<Long, Bytes> hashes = new HashMap<>();
    private final Map<Long, List<Hidden>> openings = new HashMap<>();
    private final Map<Long, String> evidence = new HashMap<>();
    private final List<Checked> checked = new ArrayList<>();
    private long next;
    private @Nullable BadRow bad;

    private record Hidden(String eventId, String name, String commitment) {}

    Reading(RecheckRows rows, LogName log, long from) {
      this.rows = rows;
      this.log = log;
      this.next = from;
    }

    CheckedBatch run(long end) {
      for (StoredHash hash : rows.hashes(log, 0, next, end)) {
        hashes.put(hash.position(), hash.hash());
      }
      // Before the events: what is erased meanwhile was right when it was read.
      rows.openings(log, next, end, this::keep);
      rows.evidence(log, next, end, this::keep);
      rows.entries(log, next, end, this::check);
      if (bad == null && next < end) {
        bad = BadRow.entry(log.id(), next, "is missing");
      }
      return new CheckedBatch(checked, Optional.ofNullable(bad));
    }

    private void keep(StoredOpening opening) {
      Bytes commitment =
          opening.salt().size() == Opening.SALT_SIZE
              ? Sha256.of(opening.salt(), Bytes.utf8(opening.value()))
              : Bytes.empty();
      openings
          .computeIfAbsent(opening.logSeq(), seq -> new ArrayList<>())
          .add(new Hidden(opening.eventId(), opening.name(), commitment.hex()));
    }

    private void keep(StoredEvidence signed) {
      evidence.put(signed.logSeq(), Sha256.hex(signed.signatureBase()));
    }

    private void check(StoredEntry entry) {
      if (bad == null) {
        bad = judge(entry);
        next++;
      }
    }

    private @Nullable BadRow judge(StoredEntry entry) {
      if (entry.logSeq() != next) {
        return BadRow.entry(log.id(), next, "is missing");
      }
      StoredEvent event = entry.event();
      if (event == null) {
        return BadRow.event(entry.eventId(), "is missing");
      }
      Optional<EventText> text = EventText.of(event.text());
      if (text.isEmpty()) {
        return BadRow.event(entry.eventId(), "its text is not the one text of an event");
      }
      return judge(entry, event, text.get());
    }

    private @Nullable BadRow judge(StoredEntry entry, StoredEvent event, EventText text) {
      if (!text.is(AuditEvent.EVENT_HASH, text.hash().hex())) {
        return BadRow.event(entry.eventId(), "its text has not the hash that it names");
      }
      String column = differing(entry, event, text);
      if (column != null) {
        return BadRow.event(entry.eventId(), "its column " + column + " is not what its text says");
      }
      Bytes leaf = text.entry(next);
      Bytes hash = MerkleTree.leafHash(leaf);
      Bytes stored = hashes.get(next);
      if (!leaf.equals(entry.leaf())) {
        // The tree tells which of the two was changed.
        return stored != null && MerkleTree.leafHash(entry.leaf()).equals(stored)
            ? BadRow.event(entry.eventId(), "is not the event that entry " + next + " is of")
            : BadRow.entry(log.id(), next, "is not the entry of its event");
      }
      if (stored == null) {
        return BadRow.hash(log.id(), 0, next, "is missing");
      }
      if (!stored.equals(hash)) {
        return BadRow.hash(log.id(), 0, next, "is not the hash of its entry");
      }
      checked.add(new Checked(hash, event.source(), event.sourceSeq()));
      return beside(entry, text);
    }

    private static @Nullable String differing(
        StoredEntry entry, StoredEvent event, EventText text) {
      if (!text.is("event_id", entry.eventId())) {
        return "event_id";
      }
      if (!text.is(AuditEvent.EVENT_HASH, event.hash().hex())) {
        return AuditEvent.EVENT_HASH;
      }
      if (!text.is("source", event.source())) {
        return "source";
      }
      if (!text.raw("source_seq").equals(Long.toString(event.sourceSeq()))) {
        return "source_seq";
      }
      if (!text.is("kind", event.kind())) {
        return "kind";
      }
      if (!text.is("phase", event.phase())) {
        return "phase";
      }
      if (!text.is("result", event.result())) {
        return "result";
      }
      return isTime(text.raw("ts"), event.epochMillis()) ? null : "ts";
    }

    private static boolean isTime(String quoted, long epochMillis) {
      try {
        return WireTime.parse(quoted.substring(1, quoted.length() - 1)).toEpochMilli()
            == epochMillis;
      } catch (TalosException e) {
        return false;
      }
    }

    /** What hangs on the event and may be looked at without it. */
    private @Nullable BadRow beside(StoredEntry entry, EventText text) {
      for (Hidden opening : openings.getOrDefault(next, List.of())) {
        if (!text.has("commitments", opening.name, opening.commitment)) {
          return new BadRow(
              "audit.opening",
              "event_id=" + opening.eventId + ", name=" + opening.name,
              "is not what its event commits to");
        }
      }
      String signed = evidence.get(next);
      String key = "event_id=" + entry.eventId();
      if (signed == null) {
        return text.isSigned() ? new BadRow("audit.evidence", key, "is missing") : null;
      }
      return text.has("evidence", "signature_base_sha256", signed)
          ? null
          : new BadRow("audit.evidence", key, "is not what its event says was signed");
    }
  }
}
