package io.talos.bench.log;

import io.talos.bench.http.AuditCosts;
import io.talos.bench.http.BenchStack;
import io.talos.contracts.Check;
import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Loads the log of a fresh stack: sequencing, time to a checkpoint, proofs, recheck, cost. */
public final class LogLoad {
  /** How each load runs, for the page. */
  public static final String PHASES =
      "Sequencing: three rounds of as many events as the page says, written to the outbox while the"
          + " sequencer is kept away; the time from letting it in until a signed checkpoint covers"
          + " the last. Acts: 8 threads at 1,000 a second in all for 30 s (and 10 s before to warm"
          + " up), each in a transaction of its own at the port that modules use, counted from when"
          + " the act was due until the node serves a checkpoint over it, looked at every 5 ms."
          + " Then the log is filled in bulk to its size, with true events and tree, and left alone"
          + " until both databases have written that down. Proofs: 10,000 by 8 threads at 500 a"
          + " second in all, each counted from when it was due, each bundle written out as served,"
          + " after 2,000 to warm up; then 10,000 more, each thread asking again when it was"
          + " answered, which keeps 8 threads and their 8 connections busy on the machine's cores."
          + " Cold are random places, warm 500 of these places in turn, whose tiles are in memory";

  /** Time from act to checkpoint. */
  public static final String ACT = "act to published checkpoint, 1,000/s";

  /** A proof whose tiles are mostly not in memory, on a machine that has time for it. */
  public static final String COLD = "proof bundle, cold, 500/s";

  /** The same, as many as the machine can make. */
  public static final String COLD_BUSY = "proof bundle, cold, all cores busy";

  private static final String WARM = "proof bundle, warm, 500/s";
  private static final String WARM_BUSY = "proof bundle, warm, all cores busy";

  /** More than the other loads leave behind. */
  private static final long SIZE_MIN = 800_000;

  private static final long SIZE_MAX = 20_000_000;
  private static final int ROUNDS = 3;
  private static final int ROUND = 200_000;
  private static final int THREADS = 8;
  private static final int PER_SECOND = 1_000;
  private static final int WARM_UP = 10_000;
  private static final int ACTS = 30_000;
  private static final int PROOFS = 10_000;
  private static final int PROOFS_PER_SECOND = 500;
  private static final int PROOFS_WARM_UP = 2_000;
  private static final int PLACES = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final TalosStack stack;
  private final Consumer<String> progress;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Spread> spreads = new ArrayList<>();

  private LogLoad(TalosStack stack, Consumer<String> progress) {
    this.stack = stack;
    this.progress = progress;
  }

  /** Measures everything on a fresh stack, whose log is filled to {@code size} entries. */
  public static LogResults run(
      StackSettings settings, int portOffset, Instant now, long size, Consumer<String> progress) {
    Check.that(size >= SIZE_MIN, "the log is filled beyond what the other loads leave behind");
    Check.atMost(size, SIZE_MAX, "the size of the log");
    return BenchStack.with(
        settings,
        portOffset,
        now,
        LogLoad::inside,
        progress,
        stack -> new LogLoad(stack, progress).measure(size));
  }

  private static StackSettings inside(StackSettings settings, Path data) {
    StackSettings.LibertyParts parts = settings.liberty();
    try {
      Path ear = InsideEar.copy(parts.ear(), data.resolve("talos.ear"));
      return settings.withLiberty(
          new StackSettings.LibertyParts(parts.zip(), parts.config(), ear, parts.jdbc()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the bench's EAR cannot be written", e);
    }
  }

  private LogResults measure(long size) {
    progress.accept("Cost of audit for a request …");
    List<LogResults.AuditCost> costs = new AuditCosts(stack).measure(progress);
    progress.accept("Acts, 1,000 a second …");
    numbers("acts?run=warm&threads=" + THREADS + rate(WARM_UP));
    timed(ACT, numbers("acts?run=timed&threads=" + THREADS + rate(ACTS)).get(0));
    try (Connection owner = owner()) {
      List<Double> sequenced = new ArrayList<>();
      for (int round = 1; round <= ROUNDS; round++) {
        sequenced.add(sequenced(owner, "round-" + round));
      }
      progress.accept("Filling the log …");
      fill(owner, size);
      progress.accept("Proofs …");
      numbers(proofs(1, PROOFS_WARM_UP, 0));
      List<long[]> steady = numbers(proofs(2, PROOFS, PROOFS_PER_SECOND));
      timed(COLD, steady.get(0));
      timed(WARM, steady.get(1));
      List<long[]> proofs = numbers(proofs(3, PROOFS, 0));
      timed(COLD_BUSY, proofs.get(0));
      timed(WARM_BUSY, proofs.get(1));
      progress.accept("Recheck …");
      Optional<Double> recheck = Optional.of(recheck());
      return new LogResults(entries(owner), sequenced, spreads, proofs.get(2)[0], recheck, costs);
    } catch (SQLException | IOException e) {
      throw new IllegalStateException("the log's tables cannot be reached", e);
    }
  }

  private void timed(String name, long[] nanos) {
    Spread spread = Spread.of(name, nanos);
    progress.accept("  %s: p50 %.2f ms, p99 %.2f ms".formatted(name, spread.p50(), spread.p99()));
    spreads.add(spread);
  }

  private static String proofs(int seed, int count, int perSecond) {
    return "proofs?threads=%d&seed=%d&count=%d&again=%d&per-second=%d"
        .formatted(THREADS, seed, count, PLACES, perSecond);
  }

  private static String rate(int count) {
    return "&per-second=" + PER_SECOND + "&count=" + count;
  }

  private Connection owner() throws SQLException {
    return DriverManager.getConnection(
        stack.postgres().jdbcUrl(), "postgres", stack.postgres().superuserPassword());
  }

  private double sequenced(Connection owner, String name) throws SQLException, IOException {
    LogFill fill = new LogFill(owner, name, progress);
    fill.hold();
    progress.accept("Sequencing, " + name + " …");
    String last = fill.outbox(ROUND).text();
    long from = System.nanoTime();
    fill.release();
    // Asked by the entry's key: to look for an empty outbox reads all that was taken out of it.
    while (count(owner, "select count(*) from audit.leaf where event_id = '" + last + "'") == 0) {
      if (System.nanoTime() - from > PATIENCE.toNanos()) {
        throw new IllegalStateException("the sequencer does not come to an end");
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    double perSecond = ROUND / ((System.nanoTime() - from) / 1e9);
    progress.accept("  %,.0f events/s".formatted(perSecond));
    return perSecond;
  }

  private void fill(Connection owner, long size) throws SQLException, IOException {
    LogFill fill = new LogFill(owner, "filled", progress);
    fill.hold();
    try {
      fill.log(size);
      numbers("checkpoint");
    } finally {
      fill.release();
    }
    progress.accept("Waiting for the disks …");
    fill.settle();
  }

  private double recheck() {
    return numbers("recheck").get(0)[0] / 1e9;
  }

  private static long entries(Connection owner) throws SQLException {
    return count(owner, "select count(*) from audit.leaf");
  }

  private static long count(Connection owner, String sql) throws SQLException {
    try (Statement statement = owner.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** What the bench's application inside the EAR answers, a line an array. */
  private List<long[]> numbers(String path) {
    URI uri = URI.create(stack.baseUri() + "/bench/" + path);
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(uri)
                  .timeout(PATIENCE)
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
      }
      return answer
          .body()
          .lines()
          .map(line -> Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray())
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(path + " was not answered", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(path + " was interrupted", e);
    }
  }
}
