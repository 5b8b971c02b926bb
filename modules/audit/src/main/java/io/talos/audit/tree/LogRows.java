package io.talos.audit.tree;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.TileHashes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where logs, their entries, hashes and checkpoints are kept. Rows are added, never changed. */
public interface LogRows {
  /** Takes the right to write logs until the transaction ends; false when another node has it. */
  boolean tryLock();

  /** Waits for the right to write logs. */
  void lock();

  /** The log that is written now; empty before the first start. */
  Optional<LogName> current();

  /** The log that was opened first; empty before the first start. It never changes. */
  Optional<LogName> first();

  /** The log with this origin. */
  Optional<LogName> byOrigin(String origin);

  /** Opens a log, which from now on is the one that is written, and is signed by {@code key}. */
  LogName open(NoteKey key, Instant now);

  /** From {@code size} on, this key signs too. */
  void addKey(LogName log, NoteKey key, long size, UuidV7 event, Instant now);

  /** From {@code size} on, this key signs no more. */
  void retireKey(LogName log, NoteKey key, long size, UuidV7 event, Instant now);

  /** The largest checkpoint that was signed. */
  Optional<Published> latest(LogName log);

  /** The largest checkpoint that may be given out. */
  Optional<Published> published(LogName log);

  /** The smallest checkpoint that may be given out and covers an entry. */
  Optional<Published> covering(LogName log, long logSeq);

  /** Records a checkpoint, which is not given out yet. */
  void sign(LogName log, Published signed, Instant now);

  /** From now on, the checkpoint of this size is given out. */
  void publish(LogName log, long size, Instant now);

  /** Up to where the database has written: everything that has committed lies before. */
  String written();

  /** Whether a synchronous standby has flushed everything up to {@code written}. */
  boolean isOnStandby(String written);

  /** Whether the application's role is shown what standbys have. */
  boolean seesStandbys();

  /** How many entries the log has. */
  long entries(LogName log);

  /** Whether an event waits for the log. */
  boolean anyPending();

  /** The first events that wait, in the order in which they are to be logged. */
  List<Pending> pending(int most);

  /** Adds entries and hashes, and takes what was pending from the outbox. */
  void append(LogName log, List<Pending> pending, List<Entry> entries, List<TreeHash> hashes);

  /** The hashes of one tile that are stored, in order. */
  List<Bytes> tile(LogName log, int level, long index);

  /** The tiles of a log. */
  default TileHashes.Reader tiles(LogName log) {
    return (level, index) -> tile(log, level, index);
  }

  /** The entry of an event, once it is in a log. */
  Optional<Entry> entryOf(UuidV7 eventId);

  /** An event that waits, when it still does. */
  Optional<Pending> pending(UuidV7 eventId);

  /** At most {@code most} logs, the newest first. */
  List<LogName> newest(int most);

  /** Records that published entries are gone. */
  void lose(Loss loss, Instant now);

  /** What is known to be gone of a log, the largest loss first. */
  List<Loss> losses(String origin);

  /** The losses whose events stand in this log. */
  List<Loss> lossesNotedIn(LogName log);

  /** The log with this number. */
  Optional<LogName> byId(long id);

  /** At most {@code most} entries from {@code logSeq} on. */
  List<Bytes> leaves(LogName log, long logSeq, int most);
}
