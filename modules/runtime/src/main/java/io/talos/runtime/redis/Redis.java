package io.talos.runtime.redis;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.settings.Settings;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The one way to Redis. Every method waits at most the configured time-out; whatever goes wrong is
 * {@link ErrorCode#REDIS_UNAVAILABLE}. Thread safe; recovers by itself.
 */
@ApplicationScoped
public class Redis {
  private static final int CONNECTIONS_MAX = 32;
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  /** Names that Redis gave to our scripts; there are as many as the product has. */
  private final Map<RedisScript, String> loaded = new ConcurrentHashMap<>();

  private final @Nullable RedisClient client;

  /** For the container's proxy only. */
  protected Redis() {
    client = null;
  }

  /** Connects lazily, as the settings say. */
  @Inject
  public Redis(Settings settings) {
    int timeout = Math.toIntExact(settings.duration("talos.redis.timeout-millis").toMillis());
    String password = settings.text("talos.redis.password");
    ConnectionPoolConfig pool = new ConnectionPoolConfig();
    pool.setMaxTotal(CONNECTIONS_MAX);
    pool.setMaxWait(WAIT_MAX);
    client =
        RedisClient.builder()
            .hostAndPort(
                new HostAndPort(
                    settings.text("talos.redis.host"), settings.number("talos.redis.port")))
            .clientConfig(
                DefaultJedisClientConfig.builder()
                    .connectionTimeoutMillis(timeout)
                    .socketTimeoutMillis(timeout)
                    .password(password.isEmpty() ? null : password)
                    .build())
            .poolConfig(pool)
            .build();
  }

  /** Runs {@code script} atomically. */
  public Object eval(RedisScript script, List<String> keys, List<String> arguments) {
    return call(
        redis -> {
          String name = loaded.computeIfAbsent(script, s -> redis.scriptLoad(s.text()));
          try {
            return redis.evalsha(name, keys, arguments);
          } catch (JedisNoScriptException e) {
            // Redis was restarted and has forgotten its scripts; sending the text teaches it again.
            return redis.eval(script.text(), keys, arguments);
          }
        });
  }

  /** Runs any other command. */
  public <R> R call(Function<RedisClient, R> command) {
    if (client == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    try {
      return command.apply(client);
    } catch (JedisConnectionException e) {
      // After a restart of Redis every idle connection is dead; only this call shall find out.
      client.getPool().clear();
      throw new TalosException(ErrorCode.REDIS_UNAVAILABLE, "Redis does not answer", e);
    } catch (JedisException e) {
      throw new TalosException(ErrorCode.REDIS_UNAVAILABLE, "Redis does not answer", e);
    }
  }

  /** Asks Redis whether it is there. */
  public void ping() {
    call(RedisClient::ping);
  }

  /** Tells every node that listens on {@code channel}; a message may be lost. */
  public void publish(String channel, String message) {
    call(redis -> redis.publish(channel, message));
  }

  /**
   * Listens on {@code channel} until the connection breaks or {@code listener} is unsubscribed;
   * blocks the calling thread.
   */
  public void listen(String channel, JedisPubSub listener) {
    call(
        redis -> {
          redis.subscribe(listener, channel);
          return true;
        });
  }

  @PreDestroy
  void close() {
    if (client != null) {
      client.close();
    }
  }
}
