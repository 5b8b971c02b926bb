package io.talos.runtime.redis;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A Lua script that Redis runs atomically.
 *
 * @param text the script
 */
public record RedisScript(String text) {

  /** A script from its text. */
  public static RedisScript of(String text) {
    return new RedisScript(text);
  }

  /** The script that lies as a resource beside {@code owner}. */
  public static RedisScript resource(Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "missing script " + name);
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new TalosException(ErrorCode.CONFIGURATION_INVALID, "unreadable script " + name, e);
    }
  }
}
