package io.talos.policy.ops;

import io.talos.contracts.error.TalosException;
import io.talos.policy.RevocationWatch;
import io.talos.policy.limits.RedisLimiter;
import io.talos.runtime.redis.ChannelListener;
import io.talos.runtime.redis.Redis;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an idle node's revocations up to date: at once when it is told, and every second in case it
 * was not.
 */
@Singleton
@Startup
@DependsOn("PolicyStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before listen() runs
public class RevocationFollower {
  @Resource ManagedThreadFactory threads;
  @Inject Redis redis;
  @Inject RevocationWatch revocations;

  private @Nullable ChannelListener listener;

  @PostConstruct
  void listen() {
    listener = new ChannelListener(redis, RedisLimiter.REVOCATIONS_CHANNEL, this::run);
    listener.start(threads);
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    run();
  }

  void run() {
    try {
      revocations.poll();
    } catch (TalosException | PersistenceException | EJBException | IllegalStateException e) {
      // Nothing is admitted wrongly meanwhile: every admission asks the database itself.
      PolicyLog.revocationsNotRead(e);
    }
  }

  @PreDestroy
  void stop() {
    if (listener != null) {
      listener.close();
    }
  }
}
