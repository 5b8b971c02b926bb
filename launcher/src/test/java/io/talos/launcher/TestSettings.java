package io.talos.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings for stacks of single tests: free ports, a folder of their own, the project's cache of
 * unpacked servers.
 */
final class TestSettings {
  private TestSettings() {}

  static StackSettings in(Path dataFolder) {
    var ports =
        Stream.generate(TestSettings::freePort)
            .distinct()
            .limit(7)
            .mapToInt(Integer::intValue)
            .toArray();
    var root = Path.of(System.getProperty("talos.root", "."));
    var absent = dataFolder.resolve("absent");
    return new StackSettings(
        root,
        dataFolder,
        new Ports(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5], ports[6]),
        "512m",
        false,
        false,
        Optional.empty(),
        new StackSettings.LibertyParts(absent, absent, absent, absent));
  }

  static int freePort() {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(Ports.LOOPBACK, 0));
      return socket.getLocalPort();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
