package io.talos.client.cli;

import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.Frontier;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Logs in a folder, as somebody keeps them who read them from their server. */
record KeptLog(Path folder) {
  static SignedNote checkpoint(NoteSigner log, List<LogLeaf> entries) {
    Frontier frontier = new Frontier();
    entries.forEach(entry -> frontier.append(entry.hash()));
    return log.sign(new Checkpoint(log.name(), entries.size(), frontier.root()).text());
  }

  KeptLog keep(NoteSigner log, List<LogLeaf> entries) throws IOException {
    Path files =
        LogOrigin.name(log.name())
            .map(name -> folder.resolve("logs").resolve(name))
            .orElseGet(() -> folder.resolve("log"));
    for (int index = 0; index * Tile.WIDTH_FULL < entries.size(); index++) {
      int width = Tile.ofEntries(index, 1).widthIn(entries.size());
      ByteArrayOutputStream bundle = new ByteArrayOutputStream();
      for (LogLeaf entry : entries.subList(index * 256, index * 256 + width)) {
        bundle.write(entry.bytes().size() >>> 8);
        bundle.write(entry.bytes().size());
        bundle.writeBytes(entry.bytes().toArray());
      }
      Path file = files.resolve("tile").resolve(Tile.ofEntries(index, width).path());
      Files.createDirectories(file.resolveSibling("."));
      Files.write(file, bundle.toByteArray());
    }
    Files.createDirectories(files);
    Files.writeString(files.resolve("checkpoint"), checkpoint(log, entries).encoded());
    return this;
  }

  static JsonObject listed(NoteSigner log, long size, SaidLoss... losses) {
    JsonArrayBuilder said = Json.createArrayBuilder();
    for (SaidLoss loss : losses) {
      said.add(
          Json.createObjectBuilder()
              .add("origin", loss.origin())
              .add("from", loss.from())
              .add("to", loss.to())
              .add("checkpoint", loss.checkpoint().encoded())
              .add("event", loss.event()));
    }
    return Json.createObjectBuilder()
        .add("origin", log.name())
        .add("vkey", log.verifier().vkey())
        .add(
            "keys",
            Json.createArrayBuilder()
                .add(Json.createObjectBuilder().add("vkey", log.verifier().vkey()).add("from", 0)))
        .add("path", LogOrigin.path(log.name()))
        .add("size", size)
        .add("losses", said)
        .build();
  }

  /** What the server says that its logs are. */
  static JsonObject list(List<JsonObject> logs) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    logs.forEach(all::add);
    return Json.createObjectBuilder()
        .add("schema_id", "talos.log_list")
        .add("schema_version", "v1")
        .add("logs", all)
        .build();
  }

  void says(List<JsonObject> logs) throws IOException {
    Files.writeString(folder.resolve("logs.json"), list(logs).toString());
  }
}
