package io.talos.audit.recheck;

import io.talos.audit.tree.LogName;
import io.talos.contracts.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a recheck reads: committed rows, each method in a short transaction of its own that no
 * writer waits for. Rows are handed over one by one, so that a batch of large events is never in
 * memory as a whole. Thread safe.
 */
public interface RecheckRows {
  /** Every log, the oldest first. */
  List<LogName> logs();

  /** The size of the log's newest checkpoint; empty when it has none. */
  OptionalLong published(LogName log);

  /** The entries from {@code from} to {@code end}, in order, each with the event it names. */
  void entries(LogName log, long from, long end, Consumer<StoredEntry> each);

  /** The openings that still exist of the events of these entries. */
  void openings(LogName log, long from, long end, Consumer<StoredOpening> each);

  /** What callers signed, of the events of these entries. */
  void evidence(LogName log, long from, long end, Consumer<StoredEvidence> each);

  /** The hashes from position {@code from} to {@code end} of a tile level, in order. */
  List<StoredHash> hashes(LogName log, int level, long from, long end);

  /** The first checkpoints whose size is at least {@code from}, by size. */
  List<StoredCheckpoint> checkpoints(LogName log, long from, int most);

  /** A row of the tree that the newest checkpoint of this moment does not cover. */
  Optional<BadRow> beyond(LogName log);

  /** The first sources after {@code after}, by name: of events, or with a counter. */
  List<String> sources(String after, int most);

  /** What there is of a source from a number on, at one moment. */
  Tail tail(String source, long from);

  /**
   * One entry.
   *
   * @param event the event that it names; null when there is none
   */
  record StoredEntry(long logSeq, String eventId, Bytes leaf, @Nullable StoredEvent event) {}

  /**
   * One event: its text, and the columns that repeat parts of it.
   *
   * @param text UTF-8
   * @param epochMillis its time
   */
  record StoredEvent(
      Bytes text,
      Bytes hash,
      String source,
      long sourceSeq,
      String kind,
      String phase,
      String result,
      long epochMillis) {}

  /** One opening, of the event of an entry. */
  record StoredOpening(long logSeq, String eventId, String name, String value, Bytes salt) {}

  /** What the caller of an entry's event signed. */
  record StoredEvidence(long logSeq, Bytes signatureBase) {}

  /** One hash of the tree. */
  record StoredHash(long position, Bytes hash) {}

  /** One checkpoint. */
  record StoredCheckpoint(long size, Bytes root, String note) {}

  /**
   * The end of a source.
   *
   * @param nextSeq what its counter says; empty without a counter
   * @param events how many events it has from the number on
   * @param unlogged the first of them that neither a log nor the outbox holds
   */
  record Tail(OptionalLong nextSeq, long events, Optional<String> unlogged) {}
}
