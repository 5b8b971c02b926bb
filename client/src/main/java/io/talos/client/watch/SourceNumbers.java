package io.talos.client.watch;

import io.talos.contracts.Check;
import io.talos.contracts.log.LogLeaf;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Which numbers of one source, in a range, the logs of a server hold. It is told every entry of the
 * logs, in order.
 *
 * <p>A source counts its events from 0 and in the transaction of each, and the log takes them in
 * that order. So a number that is missing below one that is there was left out. A log that followed
 * a stopped one goes on with the first number that is not left in that one: what was lost had that
 * number or one of those after it, and they are given a second time.
 */
public final class SourceNumbers {
  private final String source;
  private final long from;
  private final long to;
  private final BitSet seen = new BitSet();
  private final BitSet twice = new BitSet();
  private final BitSet lost = new BitSet();
  private final NavigableSet<Long> early = new TreeSet<>();
  private boolean follows;
  private long last = -1;
  private Optional<LogLeaf> first = Optional.empty();

  /**
   * A range.
   *
   * @param source {@code <node>/<stripe>}
   * @param from the first number that is asked for
   * @param to the last one; at most {@value Limits#RANGE_MAX} numbers
   */
  public SourceNumbers(String source, long from, long to) {
    Check.that(0 <= from && from <= to, "a range begins before it ends");
    Check.atMost(to - from, Limits.RANGE_MAX - 1L, "the numbers of a range");
    this.source = source;
    this.from = from;
    this.to = to;
  }

  /** Numbers from {@code from} to {@code to}, both of them. */
  public record Run(long from, long to) {
    /** As a person writes it. */
    public String text() {
      return from == to ? Long.toString(from) : from + " to " + to;
    }
  }

  /**
   * The entries that come now are of the next log, which followed a stopped one.
   *
   * @param gone how many entries of the stopped one are said to be lost
   */
  public void follow(long gone) {
    follows = true;
    long begin = Math.max(from, last + 1);
    long end = Math.min(to, last + gone);
    if (begin <= end) {
      lost.set(Math.toIntExact(begin - from), Math.toIntExact(end - from + 1));
    }
  }

  /** The next entry of the log. */
  public void add(LogLeaf leaf) {
    if (!leaf.source().equals(source)) {
      return;
    }
    count(leaf);
    if (leaf.sourceSeq() < from || leaf.sourceSeq() > to) {
      return;
    }
    int place = Math.toIntExact(leaf.sourceSeq() - from);
    if (seen.get(place)) {
      twice.set(place);
    } else if (leaf.sourceSeq() == from) {
      first = Optional.of(leaf);
    }
    seen.set(place);
  }

  /** The first entry of a log that followed goes before what waits, so its number is early. */
  private void count(LogLeaf leaf) {
    if (follows && leaf.logSeq() == 0 && leaf.sourceSeq() > last + 1) {
      early.add(leaf.sourceSeq());
      return;
    }
    last = Math.max(last, leaf.sourceSeq());
    while (early.remove(last + 1)) {
      last++;
    }
  }

  /** The largest number of the source in all logs. */
  public OptionalLong last() {
    return last < 0 ? OptionalLong.empty() : OptionalLong.of(last);
  }

  /** The entry with the first number of the range. */
  public Optional<LogLeaf> first() {
    return first;
  }

  /** Numbers that the log left out: it holds a larger one of the source. */
  public List<Run> leftOut() {
    BitSet missing = new BitSet();
    long end = Math.min(to, last);
    if (end >= from) {
      missing.set(0, Math.toIntExact(end - from + 1));
    }
    missing.andNot(seen);
    return runs(missing);
  }

  /** Numbers that events had which are said to be lost, as far as any of the source were. */
  public List<Run> lost() {
    return runs(lost);
  }

  /** Numbers that the log holds more than once. */
  public List<Run> twice() {
    return runs(twice);
  }

  /**
   * Numbers that are larger than all that the log holds of the source: nothing is known of them.
   */
  public Optional<Run> notYet() {
    return last >= to ? Optional.empty() : Optional.of(new Run(Math.max(from, last + 1), to));
  }

  private List<Run> runs(BitSet numbers) {
    List<Run> runs = new ArrayList<>();
    for (int at = numbers.nextSetBit(0); at >= 0; at = numbers.nextSetBit(at)) {
      int end = numbers.nextClearBit(at);
      runs.add(new Run(from + at, from + end - 1));
      at = end;
    }
    return runs;
  }
}
