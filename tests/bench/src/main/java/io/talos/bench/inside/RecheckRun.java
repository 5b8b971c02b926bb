package io.talos.bench.inside;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** A whole recheck, begun as an operator begins it. */
final class RecheckRun {
  private static final Duration PATIENCE = Duration.ofMinutes(9);
  private static final Duration LOOK = Duration.ofMillis(20);

  private RecheckRun() {}

  /** How long it took in nanoseconds; everything must hold. */
  static long nanos() throws JMException {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    ObjectName recheck = new ObjectName("io.talos:type=LogRecheck");
    long from = System.nanoTime();
    if (!(Boolean) beans.invoke(recheck, "start", new Object[0], new String[0])) {
      throw new IllegalStateException("a recheck is under way");
    }
    while ((Boolean) beans.getAttribute(recheck, "Running")) {
      if (System.nanoTime() - from > PATIENCE.toNanos()) {
        throw new IllegalStateException("the recheck does not come to an end");
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    long nanos = System.nanoTime() - from;
    if (!beans.getAttribute(recheck, "Verdict").equals("HOLDS")) {
      throw new IllegalStateException(
          "the log does not hold: "
              + beans.getAttribute(recheck, "FirstBadRow")
              + beans.getAttribute(recheck, "Failure"));
    }
    return nanos;
  }
}
