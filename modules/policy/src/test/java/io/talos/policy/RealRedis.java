package io.talos.policy;

import io.talos.runtime.redis.Redis;
import io.talos.runtime.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import redis.clients.jedis.RedisClient;
import redis.embedded.RedisServer;

/** One real Redis on a free loopback port, for all tests of this module. */
final class RealRedis implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(RealRedis.class);

  private record Running(RedisServer server, Redis redis) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      server.stop();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Redis.class;
  }

  @Override
  public Redis resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Redis redis =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent("redis", name -> start(), Running.class)
            .redis();
    redis.call(RedisClient::flushAll);
    return redis;
  }

  private static Running start() {
    try {
      int port = freePort();
      RedisServer server =
          RedisServer.newRedisServer()
              .port(port)
              .bind("127.0.0.1")
              .setting("save \"\"")
              .setting("daemonize no")
              .build();
      server.start();
      Map<String, String> values =
          Map.of(
              "talos.redis.host",
              "127.0.0.1",
              "talos.redis.port",
              Integer.toString(port),
              "talos.redis.timeout-millis",
              "10000");
      return new Running(
          server, new Redis(new Settings(key -> Optional.ofNullable(values.get(key)))));
    } catch (IOException e) {
      throw new IllegalStateException("Redis does not start", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
