package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.client.watch.LogSource;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.Tile;
import java.util.List;
import java.util.Optional;

/**
 * The public files of a server's log, as they are served. When the server says that it is asked too
 * often, waits and asks again, at most {@link Limits#RATE_WAITS_MAX} times for one file.
 */
public final class LogReader implements LogSource {
  private final Calls calls;
  private final String origin;
  private final String path;

  /** The files of the log with this origin. */
  LogReader(Calls calls, String origin) {
    this.calls = calls;
    this.origin = origin;
    this.path = LogOrigin.path(origin);
  }

  @Override
  public Bytes checkpoint() {
    return read(path + "/checkpoint", "text/plain")
        .orElseThrow(() -> new TalosException(ErrorCode.NOT_FOUND, "the server has no log"));
  }

  @Override
  public Optional<Bytes> tile(Tile tile) {
    return read(path + "/tile/" + tile.path(), "application/octet-stream");
  }

  @Override
  public List<Bytes> keyProofs() {
    return calls
        .get("/audit/logs")
        .map(ListedLog::list)
        .match(
            logs ->
                logs.value().stream()
                    .filter(log -> log.key().name().equals(origin))
                    .flatMap(log -> log.keyProofs().stream())
                    .toList(),
            refused -> {
              throw new TalosException(
                  ErrorCode.UPSTREAM_UNAVAILABLE, "/audit/logs: " + refused.refusal().code());
            });
  }

  private Optional<Bytes> read(String file, String type) {
    Reply<Answer> reply = calls.getRaw(file, type);
    for (int i = 0; i < Limits.RATE_WAITS_MAX && is(reply, ErrorCode.RATE_LIMITED); i++) {
      Pause.of(Limits.RATE_WAIT);
      reply = calls.getRaw(file, type);
    }
    return reply.match(
        granted -> Optional.of(granted.value().body()),
        refused -> {
          if (refused.refusal().is(ErrorCode.NOT_FOUND)) {
            return Optional.empty();
          }
          if (refused.refusal().is(ErrorCode.AUDIT_LOG_HALTED)) {
            throw new TalosException(ErrorCode.AUDIT_LOG_HALTED, "the log is stopped");
          }
          throw new TalosException(
              ErrorCode.UPSTREAM_UNAVAILABLE, file + ": " + refused.refusal().code());
        });
  }

  private static boolean is(Reply<Answer> reply, ErrorCode code) {
    return reply.match(granted -> false, refused -> refused.refusal().is(code));
  }
}
