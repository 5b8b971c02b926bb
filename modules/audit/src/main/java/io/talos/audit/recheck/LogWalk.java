package io.talos.audit.recheck;

import io.talos.audit.recheck.CheckedBatch.Checked;
import io.talos.audit.recheck.RecheckRows.StoredCheckpoint;
import io.talos.audit.recheck.RecheckRows.StoredHash;
import io.talos.audit.recheck.RecheckRows.Tail;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Walks through all logs in order and stops at the first bad row. The sources' numbers go on from
 * log to log. Not thread safe; it lets others read ahead.
 */
public final class LogWalk {
  private final RecheckRows rows;
  private final RecheckState state;
  private final Executor readers;
  private final int ahead;
  private final Map<String, Long> next = new HashMap<>();

  /** Numbers of events that were logged before their turn: at most one for each log. */
  private final Map<String, Set<Long>> early = new HashMap<>();

  private long walked;

  /**
   * A walk from the beginning.
   *
   * @param readers read batches, several at once
   * @param ahead how many batches are read before they are needed
   */
  public LogWalk(RecheckRows rows, RecheckState state, Executor readers, int ahead) {
    this.rows = rows;
    this.state = state;
    this.readers = readers;
    this.ahead = ahead;
  }

  /** Walks to the end. */
  public Verdict run() {
    Map<LogName, OptionalLong> sizes = new LinkedHashMap<>();
    for (LogName log : rows.logs()) {
      OptionalLong size = rows.published(log);
      sizes.put(log, size);
      state.expect(size.orElse(0));
    }
    for (Map.Entry<LogName, OptionalLong> one : sizes.entrySet()) {
      boolean follows = !one.getKey().equals(sizes.keySet().iterator().next());
      Optional<BadRow> bad = new OneLog(one.getKey(), follows).walk(one.getValue());
      if (bad.isPresent()) {
        return new Verdict.Broken(bad.get());
      }
      if (state.isCancelled()) {
        return new Verdict.Cancelled(walked);
      }
    }
    return tails()
        .<Verdict>map(Verdict.Broken::new)
        .orElseGet(
            () -> state.isCancelled() ? new Verdict.Cancelled(walked) : new Verdict.Holds(walked));
  }

  /**
   * Every event is in a log or waits for one: up to the number that the logs reached, numbers are
   * unique and all were seen; from there on the database is asked.
   */
  private Optional<BadRow> tails() {
    String after = "";
    while (!state.isCancelled()) {
      List<String> page = rows.sources(after, Limits.SOURCES_PAGE);
      for (String source : page) {
        Optional<BadRow> bad = tail(source, next.getOrDefault(source, 0L));
        if (bad.isPresent()) {
          return bad;
        }
      }
      if (page.size() < Limits.SOURCES_PAGE) {
        return Optional.empty();
      }
      after = page.get(page.size() - 1);
    }
    return Optional.empty();
  }

  /**
   * Whether the number is its source's turn. The first entry of a log that followed another tells
   * of what was lost and goes before what waits, so it alone may come early; its number is passed
   * over when its turn comes.
   */
  private boolean counts(String source, long number, boolean mayBeEarly) {
    long expected = next.getOrDefault(source, 0L);
    if (number > expected && mayBeEarly) {
      return early.computeIfAbsent(source, s -> new HashSet<>()).add(number);
    }
    if (number != expected) {
      return false;
    }
    Set<Long> logged = early.getOrDefault(source, Set.of());
    do {
      expected++;
    } while (logged.contains(expected));
    next.put(source, expected);
    Check.atMost(next.size(), Limits.SOURCES_MAX, "the number of sources");
    return true;
  }

  private Optional<BadRow> tail(String source, long from) {
    Tail tail = rows.tail(source, from);
    if (tail.unlogged().isPresent()) {
      return Optional.of(
          BadRow.event(tail.unlogged().get(), "is in no log and does not wait for one"));
    }
    String key = "source=" + source;
    if (tail.nextSeq().isEmpty()) {
      return Optional.of(new BadRow("audit.source", key, "is missing"));
    }
    long counted = tail.nextSeq().getAsLong();
    return counted - from == tail.events()
        ? Optional.empty()
        : Optional.of(
            new BadRow(
                "audit.source",
                key,
                "counts to "
                    + counted
                    + "; there are "
                    + tail.events()
                    + " events from number "
                    + from
                    + " on"));
  }

  /** The walk through one log. */
  private final class OneLog {
    private final LogName log;
    private final boolean follows;
    private final GrowingTree tree = new GrowingTree();
    private final Map<Integer, Deque<StoredHash>> above = new HashMap<>();
    private final Deque<StoredCheckpoint> checkpoints = new ArrayDeque<>();
    private final Deque<CompletableFuture<CheckedBatch>> read = new ArrayDeque<>();
    private long size;
    private long asked;
    private @Nullable BadRow bad;

    OneLog(LogName log, boolean follows) {
      this.log = log;
      this.follows = follows;
    }

    Optional<BadRow> walk(OptionalLong published) {
      if (published.isEmpty()) {
        return Optional.of(BadRow.checkpoint(log.id(), 0, "is missing"));
      }
      size = published.getAsLong();
      checkpointsHere();
      while (bad == null && tree.size() < size && !state.isCancelled()) {
        readAhead();
        take(read.remove());
      }
      read.forEach(unneeded -> unneeded.cancel(false));
      if (bad == null && !state.isCancelled()) {
        bad = rows.beyond(log).orElse(null);
      }
      return Optional.ofNullable(bad);
    }

    private void readAhead() {
      while (asked < size && read.size() < ahead) {
        long from = asked;
        long end = Math.min(size, from + Limits.BATCH);
        read.add(
            CompletableFuture.supplyAsync(() -> CheckedBatch.read(rows, log, from, end), readers));
        asked = end;
      }
    }

    private void take(CompletableFuture<CheckedBatch> future) {
      CheckedBatch batch = finished(future);
      for (Checked entry : batch.entries()) {
        append(entry);
        if (bad != null) {
          return;
        }
      }
      bad = batch.bad().orElse(null);
      walked += batch.entries().size();
      state.advance(batch.entries().size());
    }

    private CheckedBatch finished(CompletableFuture<CheckedBatch> future) {
      try {
        return future.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
    }

    private void append(Checked entry) {
      if (!counts(entry.source(), entry.sourceSeq(), follows && tree.size() == 0)) {
        bad =
            new BadRow(
                "audit.event",
                "source="
                    + entry.source()
                    + ", source_seq="
                    + next.getOrDefault(entry.source(), 0L),
                "is not in the log; entry "
                    + tree.size()
                    + " has its source's number "
                    + entry.sourceSeq());
        return;
      }
      tree.append(entry.hash(), this::compare);
      if (bad == null) {
        checkpointsHere();
      }
    }

    private void compare(int level, long position, Bytes hash) {
      if (bad != null) {
        return;
      }
      Deque<StoredHash> stored = above.computeIfAbsent(level, l -> new ArrayDeque<>());
      if (stored.isEmpty()) {
        long end = Math.min(Tile.hashesAt(level, size), position + Tile.WIDTH_FULL);
        stored.addAll(rows.hashes(log, level, position, end));
      }
      StoredHash first = stored.poll();
      if (first == null || first.position() != position) {
        bad = BadRow.hash(log.id(), level, position, "is missing");
      } else if (!first.hash().equals(hash)) {
        bad = BadRow.hash(log.id(), level, position, "is not the root over its tile");
      }
    }

    /** Checks the checkpoint of the size that the tree has now, if there is one. */
    private void checkpointsHere() {
      long now = tree.size();
      if (checkpoints.isEmpty()) {
        checkpoints.addAll(rows.checkpoints(log, now, Limits.CHECKPOINTS));
      }
      StoredCheckpoint first = checkpoints.peek();
      if (first != null && first.size() == now) {
        checkpoints.remove();
        String wrong = wrong(first);
        bad = wrong == null ? null : BadRow.checkpoint(log.id(), now, wrong);
      }
    }

    private @Nullable String wrong(StoredCheckpoint stored) {
      Published published;
      try {
        published = Published.of(SignedNote.parse(stored.note()));
      } catch (TalosException e) {
        return "its note holds no checkpoint";
      }
      Checkpoint checkpoint = published.checkpoint();
      if (!checkpoint.origin().equals(log.origin())) {
        return "its note is of another log";
      }
      if (!log.signed(published)) {
        return "its note is not signed by the log's key";
      }
      if (checkpoint.size() != stored.size() || !checkpoint.root().equals(stored.root())) {
        return "its columns are not what its note says";
      }
      return checkpoint.root().equals(tree.root())
          ? null
          : "its root is not the one of the entries";
    }
  }
}
