package io.talos.audit.ops;

import io.talos.audit.RecheckLog;
import io.talos.audit.recheck.RecheckState;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.eclipse.microprofile.metrics.MetricRegistry;

/**
 * Rechecks the log from time to time, and when an operator says so by JMX. The work is done by
 * threads of its own; neither the timer nor the console waits for it.
 */
@Singleton
@Startup
@DependsOn("AuditStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class RecheckTimer {
  /** 1 from the moment a bad row is found until a whole recheck finds none. */
  static final String METRIC = "talos.audit.recheck.bad.rows";

  @Resource TimerService timers;
  @Resource ManagedThreadFactory threads;
  @Inject RecheckLog recheckLog;
  @Inject RecheckState state;
  @Inject Settings settings;
  @Inject MetricRegistry metrics;

  private RecheckSettings recheckSettings;

  @PostConstruct
  void start() {
    recheckSettings = RecheckSettings.read(settings);
    metrics.gauge(METRIC, state, s -> s.badRow().isPresent() ? 1 : 0);
    try {
      server()
          .registerMBean(
              new StandardMBean(
                  new LogRecheckView(state, this::begin), LogRecheckMXBean.class, true),
              name());
    } catch (JMException e) {
      throw new TalosException(ErrorCode.INTERNAL, "the recheck has no place in JMX", e);
    }
    long interval = recheckSettings.interval().toMillis();
    if (interval > 0) {
      timers.createIntervalTimer(interval, interval, new TimerConfig("talos.audit.recheck", false));
    }
  }

  @Timeout
  void tick() {
    begin();
  }

  /** Starts a recheck; false when one is under way. */
  boolean begin() {
    if (!state.begin()) {
      return false;
    }
    threads.newThread(this::run).start();
    return true;
  }

  private void run() {
    int readers = recheckSettings.readers();
    ExecutorService pool = Executors.newFixedThreadPool(readers, threads);
    try {
      recheckLog.run(pool, readers + 1);
    } finally {
      pool.shutdown();
    }
  }

  @PreDestroy
  void stop() {
    state.cancel();
    try {
      server().unregisterMBean(name());
    } catch (JMException e) {
      throw new TalosException(ErrorCode.INTERNAL, "the recheck does not leave JMX", e);
    }
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }

  private static ObjectName name() throws JMException {
    return new ObjectName(LogRecheckMXBean.NAME);
  }
}
