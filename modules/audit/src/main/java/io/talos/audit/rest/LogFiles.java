package io.talos.audit.rest;

import io.talos.audit.ServeLog;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Tile;
import io.talos.runtime.rest.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The files of one log, by the log's name; the first log has none. */
final class LogFiles {
  static final String TEXT = "text/plain; charset=utf-8";
  static final String BRIEFLY = "public, max-age=1";
  private static final String BINARY = MediaType.APPLICATION_OCTET_STREAM;
  private static final String FOR_EVER = "public, max-age=31536000, immutable";

  private final ServeLog serveLog;

  LogFiles(ServeLog serveLog) {
    this.serveLog = serveLog;
  }

  Response checkpoint(HttpHeaders request, Optional<String> log) {
    return serveLog
        .checkpoint(log)
        .match(
            published ->
                StaticFile.plain(request, Bytes.utf8(published.note().encoded()), TEXT, BRIEFLY),
            code -> Problem.of(code).response());
  }

  Response key(HttpHeaders request, Optional<String> log) {
    return serveLog
        .key(log)
        .match(
            key -> StaticFile.plain(request, Bytes.utf8(key.vkey() + "\n"), TEXT, BRIEFLY),
            code -> Problem.of(code).response());
  }

  /** Hashes do not get shorter by compressing them, entries do. */
  Response tile(HttpHeaders request, AcceptedEncoding encoding, Optional<String> log, String path) {
    Tile tile;
    try {
      tile = Tile.parse(path);
    } catch (TalosException e) {
      return Problem.of(ErrorCode.NOT_FOUND).response();
    }
    return serveLog
        .tile(log, tile)
        .match(
            file ->
                tile.level().isPresent()
                    ? StaticFile.plain(request, file, BINARY, FOR_EVER)
                    : StaticFile.compressible(request, encoding, file, BINARY, FOR_EVER),
            code -> Problem.of(code).response());
  }
}
