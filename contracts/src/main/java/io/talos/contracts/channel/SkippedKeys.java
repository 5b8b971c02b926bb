package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.X25519;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys of messages that did not arrive yet, oldest first. Immutable; never more than {@value
 * Limits#SKIPPED_MAX}: a new key pushes the oldest out, and so does age; that message can no longer
 * be read.
 *
 * <p>Keys that were skipped at once stay together, so that a message that is sent in order copies
 * nothing, and one that is late copies its own run only.
 */
public final class SkippedKeys {
  private static final SkippedKeys NONE = new SkippedKeys(List.of(), 0);

  private final List<SkippedRun> runs;
  private final int size;

  /** Which message a key is for: its sender's ratchet key and its number in that chain. */
  record Place(Bytes ratchetKey, int number) {
    Place {
      Check.that(ratchetKey.size() == X25519.SIZE, "an X25519 key has 32 bytes");
      Check.that(number >= 0 && number <= Limits.MESSAGE_NUMBER_MAX, "a message number");
    }
  }

  /**
   * A key that was passed over.
   *
   * @param at how many messages were opened before it was kept
   */
  record Skipped(Place place, long at, SecretBytes messageKey) {}

  private SkippedKeys(List<SkippedRun> runs, int size) {
    this.runs = runs;
    this.size = size;
  }

  /** No keys. */
  public static SkippedKeys none() {
    return NONE;
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  Optional<SecretBytes> find(Place place) {
    for (SkippedRun run : runs) {
      @Nullable SecretBytes key = run.find(place);
      if (key != null) {
        return Optional.of(key);
      }
    }
    return Optional.empty();
  }

  SkippedKeys without(Place place) {
    List<SkippedRun> fewer = new ArrayList<>(runs.size());
    int left = size;
    for (SkippedRun run : runs) {
      if (run.find(place) == null) {
        fewer.add(run);
        continue;
      }
      left--;
      SkippedRun rest = run.without(place.number());
      if (rest.size() > 0) {
        fewer.add(rest);
      }
    }
    return new SkippedKeys(fewer, left);
  }

  /** With keys that were skipped in one go, and without the oldest where they are too many. */
  SkippedKeys with(Bytes ratchetKey, int first, long at, List<SecretBytes> more) {
    if (more.isEmpty()) {
      return this;
    }
    List<SkippedRun> all = new ArrayList<>(runs);
    all.add(new SkippedRun(ratchetKey, first, at, more));
    return new SkippedKeys(all, size + more.size()).within(Limits.SKIPPED_MAX);
  }

  private SkippedKeys within(int most) {
    int tooMany = size - most;
    if (tooMany <= 0) {
      return this;
    }
    List<SkippedRun> kept = new ArrayList<>(runs.size());
    for (SkippedRun run : runs) {
      int inSkippedRun = run.size();
      if (tooMany <= 0) {
        kept.add(run);
      } else if (tooMany < inSkippedRun) {
        kept.add(run.withoutOldest(tooMany));
      }
      tooMany -= Math.min(tooMany, inSkippedRun);
    }
    return new SkippedKeys(kept, most);
  }

  /** Without the keys that are too old once {@code opened} messages were opened. */
  SkippedKeys agedAt(long opened) {
    if (runs.isEmpty() || !isOld(runs.get(0).at(), opened)) {
      return this;
    }
    List<SkippedRun> young = runs.stream().filter(run -> !isOld(run.at(), opened)).toList();
    return new SkippedKeys(young, young.stream().mapToInt(SkippedRun::size).sum());
  }

  private static boolean isOld(long at, long opened) {
    return opened - at > Limits.SKIPPED_AGE_MAX;
  }

  List<Skipped> all() {
    List<Skipped> all = new ArrayList<>(size);
    for (SkippedRun run : runs) {
      for (int i = 0; i < run.span(); i++) {
        @Nullable SecretBytes key = run.keyAt(i);
        if (key != null) {
          all.add(new Skipped(new Place(run.ratchetKey(), run.first() + i), run.at(), key));
        }
      }
    }
    return all;
  }

  /** What {@link #all} gave; keys that follow each other become one run again. */
  static SkippedKeys of(List<Skipped> all) {
    SkippedKeys keys = NONE;
    for (int from = 0; from < all.size(); ) {
      Skipped first = all.get(from);
      int to = from + 1;
      while (to < all.size() && follows(all.get(to - 1), all.get(to))) {
        to++;
      }
      List<SecretBytes> run = all.subList(from, to).stream().map(Skipped::messageKey).toList();
      keys = keys.with(first.place().ratchetKey(), first.place().number(), first.at(), run);
      from = to;
    }
    return keys;
  }

  private static boolean follows(Skipped one, Skipped next) {
    return next.at() == one.at()
        && next.place().number() == one.place().number() + 1
        && next.place().ratchetKey().equals(one.place().ratchetKey());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SkippedKeys skipped && all().equals(skipped.all());
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(size);
  }

  @Override
  public String toString() {
    return "SkippedKeys[" + size + "]";
  }
}
