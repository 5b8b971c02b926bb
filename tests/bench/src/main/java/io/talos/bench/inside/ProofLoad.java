package io.talos.bench.inside;

import io.talos.audit.ProveEvent;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Asks for proofs of events at random places of the log. */
@Dependent
public class ProofLoad {
  private static final int PROOFS_MAX = 20_000;
  private static final int THREADS_MAX = 64;
  private static final long HEAD_START_NANOS = 100_000_000L;
  private static final String EVENT =
      "select cast(event_id as text) from audit.leaf where log_id = (select max(log_id) from"
          + " audit.log) and log_seq = ?";
  private static final String SIZE =
      "select max(log_seq) + 1 from audit.leaf where log_id = (select max(log_id) from audit.log)";
  private static final Principal AUDITOR =
      new Principal(PrincipalKind.OPERATOR, "operator:bench", java.util.Set.of(), AuthMode.BEARER);

  private final ProveEvent proveEvent;

  @Resource ManagedExecutorService threads;

  @Resource(lookup = "jdbc/talos")
  DataSource rows;

  @Inject
  @SuppressWarnings("NullAway.Init") // the container fills the resources
  ProofLoad(ProveEvent proveEvent) {
    this.proveEvent = proveEvent;
  }

  /** Events at random places. */
  List<UuidV7> events(int count, long seed) throws SQLException {
    Check.atMost(count, PROOFS_MAX, "the number of proofs");
    Random chance = new Random(seed);
    List<UuidV7> events = new ArrayList<>();
    try (Connection connection = rows.getConnection();
        PreparedStatement statement = connection.prepareStatement(EVENT)) {
      long size = size(connection);
      for (int i = 0; i < count; i++) {
        statement.setLong(1, chance.nextLong(size));
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          events.add(new UuidV7(row.getString(1)));
        }
      }
    }
    return events;
  }

  private static long size(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SIZE);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /**
   * Nanoseconds of each proof by several threads at once, written out as it is served.
   *
   * @param perSecond how many are asked for in a second, each counted from when it was due, so that
   *     a stall is not left out; 0 asks again as soon as there is an answer
   */
  long[] prove(List<UuidV7> events, int threadCount, int perSecond, LongAccumulator largest)
      throws InterruptedException, ExecutionException {
    Check.atMost(threadCount, THREADS_MAX, "the number of threads");
    long[] nanos = new long[events.size()];
    List<Future<?>> proving = new ArrayList<>();
    long begin = System.nanoTime() + HEAD_START_NANOS;
    for (int t = 0; t < threadCount; t++) {
      int first = t;
      proving.add(
          threads.submit(
              () -> {
                for (int i = first; i < nanos.length; i += threadCount) {
                  long from =
                      perSecond == 0
                          ? System.nanoTime()
                          : awaited(begin + i * 1_000_000_000L / perSecond);
                  prove(events.get(i), largest);
                  nanos[i] = System.nanoTime() - from;
                }
              }));
    }
    for (Future<?> thread : proving) {
      thread.get();
    }
    return nanos;
  }

  private static long awaited(long due) {
    while (System.nanoTime() < due) {
      LockSupport.parkNanos(due - System.nanoTime());
    }
    return due;
  }

  private void prove(UuidV7 event, LongAccumulator largest) {
    Bytes bundle =
        proveEvent
            .prove(event, Optional.empty(), AUDITOR)
            .match(
                found -> Bytes.utf8(found.json().toString()),
                code -> {
                  throw new IllegalStateException("no proof: " + code);
                });
    largest.accumulate(bundle.size());
  }
}
