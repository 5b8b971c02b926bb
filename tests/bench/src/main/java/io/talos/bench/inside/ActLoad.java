package io.talos.bench.inside;

import io.talos.audit.ServeLog;
import io.talos.contracts.Check;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Acts at a steady rate from several threads, and watches from when on a published checkpoint
 * covers each act. An act that begins late because the one before it was slow counts from when it
 * was due, so that a stall is not left out.
 */
@Dependent
public class ActLoad {
  private static final int ACTS_MAX = 200_000;
  private static final long LOOK_NANOS = 5_000_000;
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final String PLACES =
      "select split_part(cast(e.event as json) -> 'resource' ->> 'id', '/', 2), l.log_seq"
          + " from audit.event e join audit.leaf l on l.event_id = e.event_id"
          + " where e.kind = '"
          + Acted.KIND
          + "' and cast(e.event as json) -> 'resource' ->> 'id' like ?";

  private final Acts acts;
  private final ServeLog log;

  @Resource ManagedExecutorService threads;

  @Resource(lookup = "jdbc/talos")
  DataSource rows;

  @Inject
  @SuppressWarnings("NullAway.Init") // the container fills the resources
  ActLoad(Acts acts, ServeLog log) {
    this.acts = acts;
    this.log = log;
  }

  /** From {@code nanos} on the published checkpoint had this size. */
  private record Seen(long nanos, long size) {}

  /** Nanoseconds from when each act was due to its checkpoint, ascending. */
  long[] run(String run, int threadCount, int perSecond, int count)
      throws InterruptedException, ExecutionException, SQLException {
    Check.atMost(count, ACTS_MAX, "the number of acts");
    long[] due = new long[count];
    long from = System.nanoTime() + 100_000_000L;
    Arrays.setAll(due, i -> from + i * 1_000_000_000L / perSecond);
    List<Future<?>> acting = new ArrayList<>();
    for (int t = 0; t < threadCount; t++) {
      int first = t;
      acting.add(threads.submit(() -> act(run, first, threadCount, due)));
    }
    List<Seen> seen = new ArrayList<>();
    while (!acting.stream().allMatch(Future::isDone)) {
      look(seen);
    }
    for (Future<?> thread : acting) {
      thread.get();
    }
    long[] places = places(run, count, seen);
    long[] waited = new long[count];
    Arrays.setAll(waited, i -> published(places[i], seen) - due[i]);
    Arrays.sort(waited);
    return waited;
  }

  private void act(String run, int first, int step, long[] due) {
    for (int i = first; i < due.length; i += step) {
      while (System.nanoTime() < due[i]) {
        LockSupport.parkNanos(due[i] - System.nanoTime());
      }
      acts.act(run, i);
    }
  }

  private void look(List<Seen> seen) {
    LockSupport.parkNanos(LOOK_NANOS);
    long size = log.newest().match(published -> published.checkpoint().size(), refused -> 0L);
    if (seen.isEmpty() || seen.get(seen.size() - 1).size() < size) {
      seen.add(new Seen(System.nanoTime(), size));
    }
  }

  /** Where the log has each act; waits until it has all, and is published that far. */
  private long[] places(String run, int count, List<Seen> seen) throws SQLException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    long[] places = new long[count];
    int found = 0;
    while (found < count && System.nanoTime() < end) {
      look(seen);
      found = find(run, places);
    }
    long last = Arrays.stream(places).max().orElse(-1);
    while (seen.get(seen.size() - 1).size() <= last && System.nanoTime() < end) {
      look(seen);
    }
    if (found < count || seen.get(seen.size() - 1).size() <= last) {
      throw new IllegalStateException("the log has " + found + " of " + count + " acts");
    }
    return places;
  }

  private int find(String run, long[] places) throws SQLException {
    int found = 0;
    try (Connection connection = rows.getConnection();
        PreparedStatement statement = connection.prepareStatement(PLACES)) {
      statement.setString(1, run + "/%");
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          places[Integer.parseInt(result.getString(1))] = result.getLong(2);
          found++;
        }
      }
    }
    return found;
  }

  private static long published(long place, List<Seen> seen) {
    return seen.stream()
        .filter(s -> s.size() > place)
        .findFirst()
        .map(Seen::nanos)
        .orElseThrow(() -> new IllegalStateException("no checkpoint covers an act"));
  }
}
