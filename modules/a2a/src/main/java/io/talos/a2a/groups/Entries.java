package io.talos.a2a.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers what was sent to groups. Every method needs a transaction. */
public interface Entries {
  /**
   * What an external commit is made from; opaque here.
   *
   * @param epoch the epoch that it is of
   */
  record Info(long epoch, Bytes content) {}

  /**
   * Keeps an entry, and drops the group's oldest ones when all together come to more than {@code
   * bytesMax}; the caller holds the group's lock.
   */
  void add(Entry entry, long bytesMax);

  /**
   * The entries after {@code position} that lie in a stay of {@code agent}, in order: at most
   * {@code limit}, and no more after they have reached {@code bytesMax} together.
   */
  List<Entry> after(UuidV7 group, String agent, long position, int limit, long bytesMax);

  /** The last entry that is kept no longer; 0 while all are. */
  long pruned(UuidV7 group);

  /** Keeps a group info in place of an older one. */
  void putInfo(UuidV7 group, Info info);

  /** The newest group info. */
  Optional<Info> info(UuidV7 group);

  /**
   * Groups of which something may go: what all of its readers acknowledged, or what was sent before
   * {@code before}.
   */
  List<UuidV7> prunable(Instant before, int limit);

  /**
   * Drops at most {@code most} of such entries, the oldest; the caller holds the group's lock.
   *
   * @return how many
   */
  int prune(UuidV7 group, Instant before, int most);
}
