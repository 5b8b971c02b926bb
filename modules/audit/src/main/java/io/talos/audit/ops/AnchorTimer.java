package io.talos.audit.ops;

import io.talos.audit.OpenEpoch;
import io.talos.audit.RunLane;
import io.talos.audit.anchors.Lane;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.AnchorKind;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.Timer;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens epochs and runs lanes, on every node; of each, one node does it. Every lane has a timer of
 * its own, so that one that waits for an answer does not hold the others up, and at most one thread
 * of this node.
 */
@Singleton
@Startup
@DependsOn("AuditStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class AnchorTimer {
  private static final long TICK_MILLIS = 1000;
  private static final String EPOCHS = "epochs";
  private static final int HOLDER_SIZE = 8;

  @Resource TimerService timers;
  @Inject AuditSettings settings;
  @Inject AnchorLanes lanes;
  @Inject OpenEpoch openEpoch;
  @Inject RunLane runLane;
  @Inject Randomness randomness;
  @Inject InstantSource clock;

  /** What failed last time; an outage is told once, and once more when it is over. */
  private final Set<String> failing = ConcurrentHashMap.newKeySet();

  /** What runs now. */
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  private String holder;
  private Map<String, Lane> byName;

  @PostConstruct
  void start() {
    holder = settings.node() + "/" + randomness.bytes(HOLDER_SIZE).hex();
    byName = new ConcurrentHashMap<>();
    lanes.all().forEach(lane -> byName.put(name(lane.kind()), lane));
    timer(EPOCHS);
    byName.keySet().forEach(this::timer);
  }

  private static String name(AnchorKind kind) {
    return kind.wire();
  }

  private void timer(String name) {
    timers.createIntervalTimer(TICK_MILLIS, TICK_MILLIS, new TimerConfig(name, false));
  }

  @Timeout
  void tick(Timer timer) {
    run((String) timer.getInfo(), clock.instant());
  }

  /**
   * One run of what is named, unless one is under way; what fails is tried again at a next tick.
   */
  void run(String name, Instant now) {
    if (!running.add(name)) {
      return;
    }
    try {
      step(name, now);
    } catch (TalosException e) {
      told(name, Optional.of(e));
    } catch (PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      told(name, Optional.of(e));
    } finally {
      running.remove(name);
    }
  }

  private void step(String name, Instant now) {
    Lane lane = byName.get(name);
    if (lane == null) {
      openEpoch.open(now);
      told(name, Optional.empty());
      return;
    }
    RunLane.Ran ran = runLane.run(lane, holder, now);
    // A lane that had nothing to do has shown nothing.
    if (ran.tasks() > 0) {
      told(name, ran.failed());
    }
  }

  private void told(String name, Optional<? extends Exception> failed) {
    if (failed.isPresent() && failing.add(name)) {
      AuditLog.notAnchored(name, failed.get());
    }
    if (failed.isEmpty() && failing.remove(name)) {
      AuditLog.anchoredAgain(name);
    }
  }
}
