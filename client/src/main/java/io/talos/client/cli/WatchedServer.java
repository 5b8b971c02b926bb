package io.talos.client.cli;

import io.talos.client.ListedLog;
import io.talos.client.watch.FollowedLog;
import io.talos.client.watch.LogSource;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.Watched;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A server's logs, for whoever watches one of them; nothing that it says is believed. */
record WatchedServer(AllLogs logs) {
  /** Where a log's files are. */
  LogSource source(NoteKey log) {
    return logs.files(log);
  }

  /** The logs, the one that is written first; none when the server does not tell. */
  List<ListedLog> listOrNone(PrintWriter err) {
    try {
      return logs.list();
    } catch (TalosException e) {
      err.println("no list of logs (" + e.getMessage() + ")");
      return List.of();
    }
  }

  /** What {@code log} says of losses. */
  private List<SaidLoss> lossesIn(NoteKey log) {
    return logs.list().stream()
        .filter(listed -> listed.key().name().equals(log.name()))
        .flatMap(listed -> listed.losses().stream())
        .toList();
  }

  /**
   * Looks at a log of which nothing is remembered yet.
   *
   * @param stopped what was remembered of the log that it followed
   */
  Look first(NoteKey log, Optional<Watched> stopped, LogWatch watch, Instant now) {
    return stopped
        .map(
            before ->
                new FollowedLog(before, source(before.log()), log, lossesIn(log), watch)
                    .begin(source(log), now))
        .orElseGet(() -> watch.look(Watched.nothing(log, now), source(log), now));
  }
}
