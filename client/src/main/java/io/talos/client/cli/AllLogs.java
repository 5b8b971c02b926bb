package io.talos.client.cli;

import io.talos.client.ListedLog;
import io.talos.client.TalosClient;
import io.talos.client.http.Limits;
import io.talos.client.watch.LogFolder;
import io.talos.client.watch.LogSource;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All logs of a server, from where they are served or from a folder in which they were kept: {@code
 * logs.json} as the server said it, and each log's files below {@code log} or {@code logs/<name>}.
 */
interface AllLogs {
  /** The logs, the one that is written first. */
  List<ListedLog> list();

  /** The files of one. */
  LogSource files(NoteKey log);

  /**
   * Where {@code place} says, a base URI or a folder; what a server serves is kept in {@code save}.
   */
  static AllLogs at(String place, Optional<Path> save) {
    return isServer(place)
        ? new Served(new TalosClient(URI.create(place)), save)
        : new Kept(Path.of(place));
  }

  /** Whether this is a server's base URI. */
  static boolean isServer(String place) {
    return place.startsWith("http://") || place.startsWith("https://");
  }

  /** As a server serves them. */
  record Served(TalosClient server, Optional<Path> save) implements AllLogs {
    @Override
    public List<ListedLog> list() {
      return server
          .logList()
          .match(
              reply -> {
                save.ifPresent(folder -> write(folder, reply.value().toString()));
                return ListedLog.list(reply.value());
              },
              refused -> {
                throw new TalosException(
                    ErrorCode.UPSTREAM_UNAVAILABLE, "no list of logs: " + refused.refusal().code());
              });
    }

    @Override
    public LogSource files(NoteKey log) {
      LogSource served = server.log(log);
      return save.<LogSource>map(folder -> Kept.files(folder, log).keeping(served)).orElse(served);
    }

    private static void write(Path folder, String list) {
      try {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(Kept.LIST), list);
      } catch (IOException e) {
        throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "cannot write to " + folder, e);
      }
    }
  }

  /** As they were kept. */
  record Kept(Path folder) implements AllLogs {
    private static final String LIST = "logs.json";
    private static final io.talos.contracts.json.Limits JSON =
        new io.talos.contracts.json.Limits(
            SmallFile.BYTES_MAX, Limits.JSON_DEPTH_MAX, Limits.JSON_VALUES_MAX);

    @Override
    public List<ListedLog> list() {
      Bytes text = SmallFile.read(folder.resolve(LIST));
      return ListedLog.list(StrictJson.parseObject(text, JSON));
    }

    @Override
    public LogSource files(NoteKey log) {
      return files(folder, log);
    }

    private static LogFolder files(Path folder, NoteKey log) {
      return new LogFolder(
          LogOrigin.name(log.name())
              .map(name -> folder.resolve("logs").resolve(name))
              .orElseGet(() -> folder.resolve("log")));
    }
  }
}
