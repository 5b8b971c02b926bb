package io.talos.client.cli;

import io.talos.client.ListedLog;
import io.talos.client.watch.SourceNumbers;
import io.talos.client.watch.ToldLosses;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All logs of a server, read from the first entry of the first to the last of the one that is
 * written. Each but the first begins with the event that says what was lost of the one before it.
 *
 * @param checkpoints what was read, the first log first
 * @param losses what the logs say is lost
 */
record WholeHistory(List<Checkpoint> checkpoints, List<SaidLoss> losses) {
  WholeHistory {
    checkpoints = List.copyOf(checkpoints);
    losses = List.copyOf(losses);
  }

  /**
   * Reads them; nothing that {@code numbers} was told is to be believed before this returns.
   *
   * @param keys those of the logs
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when a key is missing, {@link
   *     ErrorCode#PROOF_INVALID} when a log is not what its key signed, {@link
   *     ErrorCode#AUDIT_LOG_NOT_FOLLOWED} when one does not go on from the one before it
   */
  static WholeHistory read(AllLogs logs, List<NoteKey> keys, SourceNumbers numbers) {
    List<ListedLog> listed = new ArrayList<>(logs.list());
    listed.sort(Comparator.comparing(one -> LogOrigin.name(one.key().name()).orElse("")));
    List<Checkpoint> checkpoints = new ArrayList<>();
    List<SaidLoss> losses = new ArrayList<>();
    LogKeys known = LogKeys.of(keys.get(0));
    for (ListedLog log : listed) {
      LogKeys trusted = trusted(log, keys);
      Optional<Checkpoint> before = last(checkpoints);
      if (before.isPresent() == LogOrigin.name(log.key().name()).isEmpty()) {
        throw new TalosException(ErrorCode.AUDIT_LOG_NOT_FOLLOWED, "the first log is not listed");
      }
      if (before.isPresent()) {
        numbers.follow(gone(log.losses()));
      }
      ToldLosses told = ToldLosses.read(trusted, logs.files(log.key()), log.losses(), numbers::add);
      LogKeys stopped = known;
      before.ifPresent(last -> requireFollows(log, told, last, stopped));
      known = trusted;
      checkpoints.add(told.checkpoint());
      losses.addAll(told.losses());
    }
    return new WholeHistory(checkpoints, losses);
  }

  /** The keys of a log: those that were given, and those that it named beside them. */
  private static LogKeys trusted(ListedLog log, List<NoteKey> given) {
    List<NoteKey> own = given.stream().filter(key -> key.name().equals(log.key().name())).toList();
    Optional<LogKeys> keys =
        Optional.of(own)
            .filter(some -> !some.isEmpty())
            .map(some -> new LogKeys(some).joined(log.keyProofs()))
            .filter(some -> some.all().contains(log.key()));
    if (keys.isEmpty()) {
      throw new TalosException(
          ErrorCode.TALOS_INVALID_INPUT,
          "the server lists another log; say --vkey " + log.key().vkey() + " if you trust it");
    }
    return keys.get();
  }

  private static Optional<Checkpoint> last(List<Checkpoint> checkpoints) {
    return checkpoints.isEmpty()
        ? Optional.empty()
        : Optional.of(checkpoints.get(checkpoints.size() - 1));
  }

  /** Of one log several events may tell, each of more than the one before. */
  private static long gone(List<SaidLoss> said) {
    return said.stream()
        .collect(Collectors.toMap(SaidLoss::origin, loss -> loss.to() - loss.from(), Math::max))
        .values()
        .stream()
        .mapToLong(Long::longValue)
        .sum();
  }

  private static void requireFollows(
      ListedLog log, ToldLosses told, Checkpoint stopped, LogKeys keys) {
    boolean follows =
        told.opened()
            && told.losses().stream()
                .findFirst()
                .filter(
                    loss ->
                        loss.origin().equals(stopped.origin())
                            ? loss.isOf(keys) && loss.from() == stopped.size()
                            : loss.from() == 0)
                .isPresent();
    if (!follows) {
      throw new TalosException(
          ErrorCode.AUDIT_LOG_NOT_FOLLOWED,
          "%s does not begin with what was lost of %s"
              .formatted(log.key().name(), stopped.origin()));
    }
  }

  /** For people. */
  String where() {
    return checkpoints.stream()
        .map(checkpoint -> "the " + checkpoint.size() + " entries of " + checkpoint.origin())
        .collect(Collectors.joining(" and "));
  }
}
