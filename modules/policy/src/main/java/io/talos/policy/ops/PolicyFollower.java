package io.talos.policy.ops;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.FollowPolicy;
import io.talos.runtime.redis.ChannelListener;
import io.talos.runtime.redis.Redis;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a node at the newest policy: at once when it is told, and twice a second in case it was
 * not.
 */
@Singleton
@Startup
@DependsOn("PolicyStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before listen() runs
public class PolicyFollower {
  private static final long INTERVAL_MILLIS = 500;

  @Resource ManagedThreadFactory threads;
  @Resource TimerService timers;
  @Inject Redis redis;
  @Inject FollowPolicy followPolicy;

  /** What was told last, so that an outage is told once. */
  private final AtomicReference<String> told = new AtomicReference<>("");

  private @Nullable ChannelListener listener;

  @PostConstruct
  void listen() {
    listener = new ChannelListener(redis, FollowPolicy.CHANNEL, this::run);
    listener.start(threads);
    timers.createIntervalTimer(
        INTERVAL_MILLIS, INTERVAL_MILLIS, new TimerConfig("talos.policy.follow", false));
  }

  @Timeout
  void tick() {
    run();
  }

  void run() {
    try {
      Optional<ErrorCode> refused = followPolicy.run();
      String now = refused.map(Enum::name).orElse("");
      if (!told.getAndSet(now).equals(now) && refused.isPresent()) {
        PolicyLog.policyRefused(refused.get());
      }
    } catch (TalosException | PersistenceException | EJBException | IllegalStateException e) {
      if (!told.getAndSet("unread").equals("unread")) {
        PolicyLog.policyNotRead(e);
      }
    }
  }

  @PreDestroy
  void stop() {
    if (listener != null) {
      listener.close();
    }
  }
}
