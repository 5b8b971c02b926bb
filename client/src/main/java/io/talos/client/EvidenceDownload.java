package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.export.ExportFormat;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Fetches an evidence export into a file, part by part. A download that was interrupted goes on
 * behind its last whole part when it is asked for again: until it is whole it stands in {@code
 * <file>.part}, and {@code <file>.resume} says how far it has come. The file itself is only there
 * when it is whole, and is never written over.
 *
 * <p>Throws {@link TalosException}: {@link ErrorCode#TALOS_INVALID_INPUT} when the file is there,
 * or another export was begun for it.
 */
public final class EvidenceDownload {
  private static final long PARTS_MAX = io.talos.contracts.log.export.Limits.ENTRIES_MAX + 1;
  private static final String NEXT = "talos-next-cursor";

  private final AuditReader audit;
  private final Path file;
  private final Path part;
  private final Path resume;

  /** A download into {@code file}. */
  public EvidenceDownload(AuditReader audit, Path file) {
    this.audit = audit;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.resume = file.resolveSibling(file.getFileName() + ".resume");
  }

  private record Progress(String query, String cursor, long bytes) {
    JsonObject json() {
      return Json.createObjectBuilder()
          .add("query", query)
          .add("cursor", cursor)
          .add("bytes", bytes)
          .build();
    }
  }

  /** Fetches what is missing; how many bytes the whole export has. */
  public Reply<Long> fetch(EventFilter filter, ExportFormat format) {
    String query = query(filter, format);
    if (Files.exists(file)) {
      throw invalid(file + " is there already");
    }
    try {
      return fetch(begun(query));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply<Long> fetch(Progress begun) throws IOException {
    Progress progress = begun;
    for (long parts = 0; parts < PARTS_MAX; parts++) {
      Reply<Answer> reply =
          audit.exportPart(
              progress.cursor.isEmpty()
                  ? progress.query
                  : "cursor=" + Calls.segment(progress.cursor));
      Optional<Answer> answer =
          reply.match(granted -> Optional.of(granted.value()), refused -> Optional.empty());
      if (answer.isEmpty()) {
        return reply.map(refused -> 0L);
      }
      long bytes = append(answer.get().body(), progress.bytes);
      Optional<String> next = answer.get().header(NEXT);
      if (next.isEmpty()) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(resume);
        return reply.map(last -> bytes);
      }
      progress = new Progress(progress.query, next.get(), bytes);
      keep(progress);
    }
    throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "the export has no end");
  }

  private Progress begun(String query) throws IOException {
    if (!Files.exists(resume)) {
      return new Progress(query, "", 0);
    }
    JsonObject kept =
        StrictJson.parseObject(
            Bytes.of(Files.readAllBytes(resume)), io.talos.contracts.json.Limits.REQUEST);
    if (!kept.getString("query", "").equals(query)) {
      throw invalid("another export was begun here: finish it, or delete " + resume);
    }
    return new Progress(
        query, kept.getString("cursor"), kept.getJsonNumber("bytes").longValueExact());
  }

  /** Behind the whole parts: what an interrupted one left is written over or cut off. */
  private long append(Bytes text, long at) throws IOException {
    try (FileChannel out =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (out.size() < at) {
        throw invalid(part + " is shorter than it was");
      }
      out.truncate(at).position(at);
      ByteBuffer rest = ByteBuffer.wrap(text.toArray());
      while (rest.hasRemaining()) {
        out.write(rest);
      }
      out.force(true);
    }
    return at + text.size();
  }

  private void keep(Progress progress) throws IOException {
    Path fresh = resume.resolveSibling(resume.getFileName() + ".new");
    Files.writeString(fresh, progress.json().toString());
    Files.move(fresh, resume, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String query(EventFilter filter, ExportFormat format) {
    StringBuilder query = new StringBuilder("format=").append(format.wire());
    filter
        .parts()
        .forEach(
            (name, value) ->
                query.append('&').append(name).append('=').append(Calls.segment(value)));
    return query.toString();
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.TALOS_INVALID_INPUT, why);
  }
}
