package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.registry.Threat;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Mallory announces bodies that never come, to keep the server's threads waiting for her. */
@OnTheStack
@Threat("T-NETWORKDOS-01")
class SlowSenderIT {
  private static final int CONNECTIONS = 80;
  private static final Duration QUICK = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Stack stack;
  private final List<Socket> open = new ArrayList<>();

  SlowSenderIT(Stack stack) {
    this.stack = stack;
  }

  @AfterEach
  void close_what_was_opened() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
  }

  private Socket announceABody() throws IOException {
    Socket socket = new Socket(stack.baseUri().getHost(), stack.baseUri().getPort());
    open.add(socket);
    socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
    socket
        .getOutputStream()
        .write(
            ("POST /identity/agents HTTP/1.1\r\nHost: "
                    + stack.baseUri().getAuthority()
                    + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String statusLine(Socket socket) throws IOException {
    byte[] first = socket.getInputStream().readNBytes("HTTP/1.1 000".length());
    return new String(first, StandardCharsets.US_ASCII);
  }

  @Test
  void others_are_served_while_she_waits_and_she_is_sent_away() throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      announceABody();
    }

    long start = System.nanoTime();
    int status = stack.http().get("/version").status();

    assertThat(status).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(QUICK);
    // Which of them found a place to be waited for is for the server's threads to say.
    Set<String> answers = new TreeSet<>();
    for (Socket socket : open) {
      answers.add(statusLine(socket));
    }
    assertThat(answers).containsExactly("HTTP/1.1 408", "HTTP/1.1 429");
  }
}
