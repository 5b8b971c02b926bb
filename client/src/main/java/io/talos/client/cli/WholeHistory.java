package io.talos.client.cli;

import io.talos.client.ListedLog;
import io.talos.client.watch.SourceNumbers;
import io.talos.client.watch.ToldLosses;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
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
    for (ListedLog log : listed) {
      if (!keys.contains(log.key())) {
        throw new TalosException(
            ErrorCode.TALOS_INVALID_INPUT,
            "the server lists another log; say --vkey " + log.key().vkey() + " if you trust it");
      }
      Optional<Checkpoint> before = last(checkpoints);
      if (before.isPresent() == LogOrigin.name(log.key().name()).isEmpty()) {
        throw new TalosException(ErrorCode.AUDIT_LOG_NOT_FOLLOWED, "the first log is not listed");
      }
      if (before.isPresent()) {
        numbers.follow(gone(log.losses()));
      }
      ToldLosses told =
          ToldLosses.read(log.key(), logs.files(log.key()), log.losses(), numbers::add);
      before.ifPresent(stopped -> requireFollows(log, told, stopped, keys));
      checkpoints.add(told.checkpoint());
      losses.addAll(told.losses());
    }
    return new WholeHistory(checkpoints, losses);
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
      ListedLog log, ToldLosses told, Checkpoint stopped, List<NoteKey> keys) {
    boolean follows =
        told.opened()
            && told.losses().stream()
                .findFirst()
                .filter(
                    loss ->
                        loss.origin().equals(stopped.origin())
                            ? keys.stream().anyMatch(loss::isOf) && loss.from() == stopped.size()
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
