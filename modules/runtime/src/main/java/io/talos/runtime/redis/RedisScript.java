package io.talos.runtime.redis;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A Lua script that Redis runs atomically.
 *
 * @param text the script
 * @param sha1 the name that Redis gives it; not a security property
 */
public record RedisScript(String text, String sha1) {

  /** A script from its text. */
  public static RedisScript of(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
      return new RedisScript(text, Bytes.of(digest).hex());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
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
