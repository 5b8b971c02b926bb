package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.export.ExportFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connection breaks off while evidence is fetched; a file is whole or not there. */
class BrokenDownloadTest {
  private static final EventFilter FILTER = EventFilter.of(Map.of("resource", "s-1"));
  private static final String TYPE = "application/x-ndjson";

  @TempDir Path folder;
  private final AtomicBoolean broken = new AtomicBoolean(true);

  /** Three parts; the second one breaks off as long as the connection is broken. */
  private void script(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    if (query.startsWith("format=")) {
      exchange.getResponseHeaders().set("Talos-Next-Cursor", "two");
      ScriptedServer.answer(exchange, 200, TYPE, "one\n");
    } else if (query.equals("cursor=three")) {
      ScriptedServer.answer(exchange, 200, TYPE, "three\n");
    } else if (broken.get()) {
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      exchange.getResponseHeaders().set("Talos-Next-Cursor", "three");
      exchange.sendResponseHeaders(200, 4);
      exchange.getResponseBody().write("tw".getBytes(StandardCharsets.UTF_8));
    } else {
      exchange.getResponseHeaders().set("Talos-Next-Cursor", "three");
      ScriptedServer.answer(exchange, 200, TYPE, "two\n");
    }
  }

  private static EvidenceDownload download(ScriptedServer server, Path file) {
    return new EvidenceDownload(new TalosClient(server.uri()).operator("token").audit(), file);
  }

  private static void assertRefused(Runnable work) {
    assertThatThrownBy(work::run)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT));
  }

  @Test
  void it_goes_on_behind_the_last_whole_part_and_asks_for_none_twice() throws IOException {
    Path file = folder.resolve("evidence.jsonl");
    try (ScriptedServer server = new ScriptedServer(this::script)) {
      assertThatThrownBy(() -> download(server, file).fetch(FILTER, ExportFormat.JSONL))
          .isInstanceOf(TalosException.class);
      assertThat(file).doesNotExist();
      assertThat(folder.resolve("evidence.jsonl.part")).hasContent("one\n");

      broken.set(false);
      long bytes =
          download(server, file)
              .fetch(FILTER, ExportFormat.JSONL)
              .match(granted -> granted.value(), refused -> -1L);

      assertThat(bytes).isEqualTo(14);
      assertThat(Files.readString(file)).isEqualTo("one\ntwo\nthree\n");
      assertThat(folder.resolve("evidence.jsonl.resume")).doesNotExist();
      assertThat(server.seen().stream().filter(seen -> seen.path().contains("format="))).hasSize(1);
    }
  }

  @Test
  void another_export_is_not_mixed_in_and_a_whole_one_not_written_over() throws IOException {
    Path file = folder.resolve("evidence.jsonl");
    try (ScriptedServer server = new ScriptedServer(this::script)) {
      assertThatThrownBy(() -> download(server, file).fetch(FILTER, ExportFormat.JSONL))
          .isInstanceOf(TalosException.class);
      EventFilter other = EventFilter.of(Map.of("resource", "s-2"));

      assertRefused(() -> download(server, file).fetch(other, ExportFormat.JSONL));
      assertRefused(() -> download(server, file).fetch(FILTER, ExportFormat.CSV));
      Files.writeString(file, "mine");
      assertRefused(() -> download(server, file).fetch(FILTER, ExportFormat.JSONL));
      assertThat(Files.readString(file)).isEqualTo("mine");
    }
  }

  @Test
  void a_refusal_is_told_and_leaves_no_file() {
    Path file = folder.resolve("evidence.jsonl");
    try (ScriptedServer server =
        new ScriptedServer(
            exchange ->
                ScriptedServer.answer(
                    exchange,
                    404,
                    "application/problem+json",
                    "{\"code\":\"AUDIT_EVENT_NOT_FOUND\",\"title\":\"t\",\"status\":404}"))) {
      String code =
          download(server, file)
              .fetch(FILTER, ExportFormat.JSONL)
              .match(granted -> "granted", refused -> refused.refusal().code());

      assertThat(code).isEqualTo("AUDIT_EVENT_NOT_FOUND");
      assertThat(file).doesNotExist();
    }
  }
}
