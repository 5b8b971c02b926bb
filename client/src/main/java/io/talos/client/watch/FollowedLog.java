package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Begins to watch a log that followed a stopped one, from what was seen of the stopped one. The new
 * log holds when its first entry is the event {@code log.reopened} that names the checkpoint that
 * was seen, or a later one, and when its sources go on exactly where the entries end that are left.
 * So the only numbers that can come again are those of the entries that are said to be lost.
 *
 * <p>What is left of the stopped log is read once more. It must be what was seen, as far as the two
 * trees have complete subtrees in common, and the lost entries must have as many numbers as they
 * are.
 *
 * <p>Alarms with {@link ErrorCode#AUDIT_LOG_NOT_FOLLOWED} when the new log begins otherwise, with
 * {@link ErrorCode#AUDIT_LOG_ROLLED_BACK} when more was seen than it says was published, with
 * {@link ErrorCode#AUDIT_LOG_FORKED} when what it names or what is left is not what was seen, and
 * as {@link LogWatch} does.
 */
public final class FollowedLog {
  private final Watched stopped;
  private final LogSource left;
  private final NoteKey key;
  private final List<SaidLoss> said;
  private final LogWatch watch;

  /**
   * A log that is to be watched.
   *
   * @param stopped what was seen of the log before it
   * @param left serves what is left of that one
   * @param key the new log's
   * @param said what the server says that the new log says of losses; nothing of it is believed
   */
  public FollowedLog(
      Watched stopped, LogSource left, NoteKey key, List<SaidLoss> said, LogWatch watch) {
    this.stopped = stopped;
    this.left = left;
    this.key = key;
    this.said = List.copyOf(said);
    this.watch = watch;
  }

  /**
   * Looks for the first time; what holds is watched on by {@link LogWatch} alone.
   *
   * @throws TalosException when a source cannot be reached, or has no entry yet; that is no alarm
   */
  public Look begin(LogSource source, Instant now) {
    Optional<SaidLoss> opening = said.stream().filter(SaidLoss::opens).findFirst();
    if (opening.isEmpty()) {
      return notFollowed("the server does not say what its first entry tells");
    }
    SaidLoss loss = opening.get();
    boolean named = loss.isOf(keys());
    // When nothing at all is left of the log in between, the sources go on from the one before.
    if (!named && (loss.origin().equals(stopped.log().name()) || loss.from() > 0)) {
      return notFollowed("its first entry names no checkpoint of " + stopped.log().name());
    }
    return rest(named ? OptionalLong.of(loss.from()) : OptionalLong.empty(), now)
        .match(holds -> opened(holds.now(), loss, new Once(source), now), alarm -> alarm);
  }

  /** The stopped log's keys: it may have changed its key after it was looked at last. */
  private LogKeys keys() {
    LogKeys known = LogKeys.of(stopped.log());
    boolean enough = said.stream().allMatch(loss -> known.signerOf(loss.checkpoint()).isPresent());
    return enough ? known : known.followed(left.keyProofs());
  }

  /** What is left of the stopped log, of which so many entries should be. */
  private Look rest(OptionalLong size, Instant now) {
    Watched nothing = Watched.from(stopped.log(), stopped.began(), stopped.grownAt());
    if (size.orElse(1) == 0) {
      return fits(new Look.Holds(nothing, 0), 0);
    }
    boolean shorter = size.orElse(Long.MAX_VALUE) < stopped.size();
    return new LogWatch(Optional.empty())
        .look(shorter ? nothing : stopped, left, now)
        .match(holds -> fits(holds, size.orElse(holds.now().size())), alarm -> alarm);
  }

  private Look fits(Look.Holds rest, long size) {
    if (rest.now().size() != size) {
      return notFollowed("%d entries are left, not %d".formatted(rest.now().size(), size));
    }
    if (size < stopped.size() && !isBeginning(rest.now())) {
      return alarm(
          ErrorCode.AUDIT_LOG_FORKED,
          "the entries that are left are not those that were seen",
          rest.now().checkpoint());
    }
    return rest;
  }

  private boolean isBeginning(Watched rest) {
    long different = Long.highestOneBit(rest.size() ^ stopped.size());
    int common = Long.bitCount(rest.size() & -(different << 1));
    return rest.frontier().subList(0, common).equals(stopped.frontier().subList(0, common))
        && rest.turns().lead(stopped.turns())
        && stopped.turns().counted() - rest.turns().counted() == stopped.size() - rest.size();
  }

  private Look opened(Watched rest, SaidLoss loss, LogSource source, Instant now) {
    Look look = watch.look(Watched.from(key, rest.turns(), now), source, now);
    if (!(look instanceof Look.Holds holds)) {
      return look;
    }
    if (holds.now().size() == 0) {
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "the log has no entry yet");
    }
    ToldLosses told = ToldLosses.read(LogKeys.of(holds.now().log()), source, said, entry -> {});
    if (!told.opened() || !told.losses().get(0).equals(loss)) {
      return notFollowed("its first entry is not the event that tells of the loss");
    }
    return seen(told.losses()).orElse(look);
  }

  /** Whether the log tells of all that was seen. */
  private Optional<Look> seen(List<SaidLoss> told) {
    LogKeys keys = keys();
    List<SaidLoss> losses = told.stream().filter(loss -> loss.isOf(keys)).toList();
    for (SaidLoss loss : losses) {
      if (loss.to() == stopped.size()
          && !Checkpoint.parse(loss.checkpoint().text()).root().equals(stopped.root())) {
        return Optional.of(
            alarm(
                ErrorCode.AUDIT_LOG_FORKED,
                "two roots were signed for %d entries".formatted(loss.to()),
                Optional.of(loss.checkpoint())));
      }
    }
    Optional<SaidLoss> largest = losses.stream().max(Comparator.comparingLong(SaidLoss::to));
    return largest
        .filter(loss -> loss.to() < stopped.size())
        .map(
            loss ->
                alarm(
                    ErrorCode.AUDIT_LOG_ROLLED_BACK,
                    "%d entries were signed, and the log that followed says %d"
                        .formatted(stopped.size(), loss.to()),
                    Optional.of(loss.checkpoint())));
  }

  private Look notFollowed(String why) {
    return alarm(ErrorCode.AUDIT_LOG_NOT_FOLLOWED, key.name() + ": " + why, Optional.empty());
  }

  private Look alarm(ErrorCode code, String why, Optional<SignedNote> evidence) {
    return new Look.Alarm(
        code, why, Stream.concat(stopped.checkpoint().stream(), evidence.stream()).toList());
  }

  /** One checkpoint for all that is read, so that it is the same log. */
  private static final class Once implements LogSource {
    private final LogSource source;
    private final Bytes checkpoint;

    Once(LogSource source) {
      this.source = source;
      this.checkpoint = source.checkpoint();
    }

    @Override
    public Bytes checkpoint() {
      return checkpoint;
    }

    @Override
    public List<Bytes> keyProofs() {
      return source.keyProofs();
    }

    @Override
    public Optional<Bytes> tile(Tile tile) {
      return source.tile(tile);
    }
  }
}
