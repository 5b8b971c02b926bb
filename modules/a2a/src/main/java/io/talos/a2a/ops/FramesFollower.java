package io.talos.a2a.ops;

import io.talos.a2a.OnArrived;
import io.talos.a2a.WaitingReaders;
import io.talos.runtime.redis.ChannelListener;
import io.talos.runtime.redis.Redis;
import io.talos.runtime.waiting.Readers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the readers that wait on this node: at once when another node took something, and after a
 * while in case it was not heard of.
 */
@Singleton
@Startup
@DependsOn("A2aStartup")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before begin() runs
public class FramesFollower {
  @Resource ManagedThreadFactory threads;
  @Resource ManagedExecutorService executor;
  @Inject Redis redis;
  @Inject WaitingReaders waiting;
  @Inject A2aSettings settings;
  @Inject InstantSource clock;

  private @Nullable ChannelListener listener;

  @PostConstruct
  void begin() {
    waiting.begin(new Readers(settings.waitingReadersMax(), executor, clock));
    listener = new ChannelListener(redis, OnArrived.CHANNEL, this::hear);
    listener.start(threads);
  }

  private void hear(Optional<String> readers) {
    readers.ifPresentOrElse(
        names -> names.lines().forEach(waiting.get()::wake), waiting.get()::wakeAll);
  }

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    waiting.get().tick(clock.instant());
  }

  @PreDestroy
  void stop() {
    if (listener != null) {
      listener.close();
    }
    waiting.get().close();
  }
}
