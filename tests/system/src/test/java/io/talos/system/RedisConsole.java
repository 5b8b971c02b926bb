package io.talos.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Says single commands to Redis behind the servers' back.
 *
 * <p>Source: RESP2, "Inline commands"; simple strings, integers and bulk strings as answers.
 */
final class RedisConsole {
  private static final int PATIENCE_MILLIS = 5000;

  private final Stack stack;

  RedisConsole(Stack stack) {
    this.stack = stack;
  }

  /** Its answer; the empty text for no value. */
  String say(String command) {
    var redis = stack.launcher().redis();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              ("AUTH " + redis.password() + "\r\n" + command + "\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      String greeting = answers.readLine();
      String first = answers.readLine();
      if (!"+OK".equals(greeting) || first == null || first.startsWith("-")) {
        throw new IllegalStateException(command.split(" ", 2)[0] + ": " + greeting + ", " + first);
      }
      if (!first.startsWith("$")) {
        return first.substring(1);
      }
      String value = first.equals("$-1") ? null : answers.readLine();
      return value == null ? "" : value;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
