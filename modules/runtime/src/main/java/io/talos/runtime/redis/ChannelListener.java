package io.talos.runtime.redis;

import io.talos.contracts.error.TalosException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Hears messages on a channel for as long as the server runs, on a thread of its own. After every
 * new connection it acts as if it had heard one, because it may have missed some. Messages can
 * still be lost, so whoever needs them all polls too.
 */
public final class ChannelListener implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Redis redis;
  private final String channel;
  private final Consumer<Optional<String>> heard;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final JedisPubSub subscription =
      new JedisPubSub() {
        @Override
        public void onSubscribe(String name, int subscribed) {
          heard.accept(Optional.empty());
        }

        @Override
        public void onMessage(String name, String message) {
          heard.accept(Optional.of(message));
        }
      };

  /**
   * Does nothing yet.
   *
   * @param heard what to do; what it throws must not be more than a {@link TalosException}
   */
  public ChannelListener(Redis redis, String channel, Runnable heard) {
    this(redis, channel, (Optional<String> message) -> heard.run());
  }

  /**
   * Does nothing yet.
   *
   * @param heard what to do with a message; it gets none after a new connection, when some may have
   *     been missed. What it throws must not be more than a {@link TalosException}
   */
  public ChannelListener(Redis redis, String channel, Consumer<Optional<String>> heard) {
    this.redis = redis;
    this.channel = channel;
    this.heard = heard;
  }

  /** Starts to listen. */
  public void start(ThreadFactory threads) {
    threads.newThread(this::listen).start();
  }

  private void listen() {
    while (closed.getCount() > 0) {
      try {
        redis.listen(channel, subscription);
      } catch (TalosException e) {
        // Redis is away, or what was heard could not be acted upon; the next connection catches up.
        pause();
      }
    }
  }

  private void pause() {
    try {
      if (closed.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      closed.countDown();
      Thread.currentThread().interrupt();
    }
  }

  /** Stops listening. */
  @Override
  public void close() {
    closed.countDown();
    try {
      subscription.unsubscribe();
    } catch (JedisException e) {
      // It was not connected just now; the thread ends by itself.
      return;
    }
  }
}
