package io.talos.client.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.talos.client.ScriptedServer;
import io.talos.client.cli.Main;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.Tile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the command line a log that lies ends the watch with status 1 and a code. */
class WatchCommandTest {
  private static final String TILES = "/audit/log/tile/";
  private static final String PROBLEM = "application/problem+json";

  private static final String NEXT =
      new NoteSigner(
              LogOrigin.following("talos.example/audit/log", ServedLog.NOW),
              Ed25519.generate(Randomness.secure()))
          .verifier()
          .vkey();

  @TempDir Path folder;

  private final ServedLog log = new ServedLog();
  private final AtomicInteger tooMany = new AtomicInteger();
  private final ScriptedServer server = new ScriptedServer(this::serve);
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void the_server_ends() {
    server.close();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (tooMany.getAndDecrement() > 0) {
      ScriptedServer.answer(exchange, 429, PROBLEM, "{\"code\":\"RATE_LIMITED\"}");
      return;
    }
    Optional<Bytes> file =
        path.startsWith(TILES)
            ? tile(path.substring(TILES.length()))
            : Optional.of(log.checkpoint());
    if (file.isEmpty()) {
      ScriptedServer.answer(exchange, 404, PROBLEM, "{\"code\":\"NOT_FOUND\"}");
      return;
    }
    exchange.sendResponseHeaders(200, file.get().size());
    exchange.getResponseBody().write(file.get().toArray());
  }

  private Optional<Bytes> tile(String path) {
    try {
      return log.tile(Tile.parse(path));
    } catch (TalosException e) {
      return Optional.empty();
    }
  }

  private int watch(String... more) throws IOException {
    Path key = Files.writeString(folder.resolve("log.vkey"), log.signer.verifier().vkey() + "\n");
    String[] arguments = {
      "audit",
      "watch",
      server.uri().toString(),
      "--vkey",
      "@" + key,
      "--state",
      folder.resolve("watched.json").toString(),
      "--every-seconds",
      "0"
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
  }

  @Test
  void a_log_that_grows_is_followed_over_restarts_of_the_watch() throws IOException {
    log.grow(300);
    tooMany.set(2);
    assertThat(watch("--looks", "2")).isZero();
    log.grow(300);
    assertThat(watch("--looks", "1")).isZero();

    assertThat(out.toString().lines())
        .containsExactly(
            "holds: talos.example/audit/log at 300 entries, 300 of them new, 3 sources without a"
                + " gap",
            "holds: talos.example/audit/log at 300 entries, 0 of them new, 3 sources without a gap",
            "holds: talos.example/audit/log at 600 entries, 300 of them new, 3 sources without a"
                + " gap");
  }

  @Test
  void a_fork_and_a_rollback_end_it_with_both_checkpoints() throws IOException {
    log.grow(300);
    assertThat(watch("--looks", "1")).isZero();
    String state = Files.readString(folder.resolve("watched.json"));

    log.entries.remove(299);
    assertThat(watch()).isEqualTo(1);
    log.log("node-8/0", 0, "b.c");
    log.log("node-8/0", 1, "b.c");
    assertThat(watch()).isEqualTo(1);

    assertThat(out.toString())
        .contains("AUDIT_LOG_ROLLED_BACK: ", "AUDIT_LOG_FORKED: ")
        .contains("\n300\n", "\n299\n", "\n301\n");
    assertThat(Files.readString(folder.resolve("watched.json"))).isEqualTo(state);
  }

  @Test
  void what_is_withheld_or_left_out_ends_it() throws IOException {
    log.grow(10);
    log.instead.put("entries/000.p/10", Optional.empty());
    assertThat(watch()).isEqualTo(1);
    log.instead.clear();
    log.log("node-1/0", 99, "a.b");
    assertThat(watch()).isEqualTo(1);

    assertThat(out.toString()).contains("AUDIT_LOG_INCOMPLETE: ", "AUDIT_LOG_GAP: node-1/0 ");
    assertThat(folder.resolve("watched.json")).doesNotExist();
  }

  @Test
  void a_log_that_stands_still_ends_it() throws IOException {
    log.grow(1);
    assertThat(watch("--looks", "1")).isZero();
    assertThat(watch("--stale-after-seconds", "0")).isEqualTo(1);

    assertThat(out.toString()).contains("AUDIT_LOG_STALE: ");
  }

  @Test
  void a_log_that_followed_a_stopped_one_is_begun_with_after_and_with_nothing_else()
      throws IOException {
    Path key = Files.writeString(folder.resolve("next.vkey"), NEXT);

    int status =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "audit",
            "watch",
            server.uri().toString(),
            "--vkey",
            "@" + key,
            "--state=" + folder.resolve("next.json"));

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).contains("--after");
    assertThat(watch("--after=" + folder.resolve("watched.json"))).isEqualTo(2);
    assertThat(server.seen()).isEmpty();
  }

  @Test
  void a_server_that_is_away_or_a_foreign_state_is_no_alarm() throws IOException {
    log.grow(1);
    assertThat(watch("--looks", "1")).isZero();
    server.close();
    assertThat(watch("--looks", "1")).isEqualTo(2);
    assertThat(err.toString()).contains("UPSTREAM_UNAVAILABLE");

    Files.writeString(folder.resolve("watched.json"), "nothing");
    assertThat(watch("--looks", "1")).isEqualTo(2);
  }
}
