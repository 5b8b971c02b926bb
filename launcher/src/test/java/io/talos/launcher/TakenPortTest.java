package io.talos.launcher;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program holds a port that the stack wants. */
class TakenPortTest {
  @Test
  void the_message_names_the_port_its_use_and_the_setting_and_nothing_was_started(
      @TempDir Path data) throws IOException {
    var settings = TestSettings.in(data);
    try (var stranger = new ServerSocket()) {
      stranger.bind(new InetSocketAddress(Ports.LOOPBACK, settings.ports().redis()));

      assertThatThrownBy(() -> TalosStack.startServices(settings, line -> {}))
          .isInstanceOf(LaunchFailed.class)
          .hasMessageContaining("Port " + settings.ports().redis())
          .hasMessageContaining("Redis")
          .hasMessageContaining("-Dtalos.redis.port=");
      Assertions.assertThat(Files.exists(data.resolve("stack.json"))).isFalse();
      Assertions.assertThat(Files.exists(data.resolve("postgres"))).isFalse();
    }
  }

  @Test
  void the_refused_launcher_lets_go_of_the_data_folder(@TempDir Path data) throws IOException {
    var settings = TestSettings.in(data);
    try (var stranger = new ServerSocket()) {
      stranger.bind(new InetSocketAddress(Ports.LOOPBACK, settings.ports().http()));
      assertThatThrownBy(() -> TalosStack.startServices(settings, line -> {}))
          .isInstanceOf(LaunchFailed.class);

      StackLock.of(data).close();
    }
  }
}
