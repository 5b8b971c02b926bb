package io.talos.client.cli;

import io.talos.client.Conversation;
import io.talos.client.Delivery;
import io.talos.client.Message;
import io.talos.client.Reply;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A conversation at a terminal: what is typed is sent line by line, what comes is printed. */
final class ChatTerminal {
  private static final String CLOSE = "/close";
  private static final int LINE_CHARACTERS_MAX = 64 << 10;
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);

  private final Conversation conversation;
  private final PrintWriter out;
  private final PrintWriter err;
  private final AtomicBoolean stop = new AtomicBoolean();

  ChatTerminal(Conversation conversation, PrintWriter out, PrintWriter err) {
    this.conversation = conversation;
    this.out = out;
    this.err = err;
  }

  /** Runs until the input ends or the conversation is closed; the exit status. */
  int run(InputStream input, Duration linger) {
    Thread listener = new Thread(this::listen, "talos-chat-listener");
    listener.setDaemon(true);
    listener.start();
    boolean close = speak(input);
    if (!close) {
      join(listener, linger);
    }
    stop.set(true);
    join(listener, STOP_MAX);
    return close ? close() : deliver();
  }

  private static void join(Thread thread, Duration most) {
    try {
      if (!most.isZero()) {
        thread.join(most.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int close() {
    Reply<UuidV7> closed = conversation.close();
    if (closed instanceof Reply.Refused<UuidV7> refused) {
      err.println("(not closed: " + refused.refusal().code() + ")");
      return Main.REFUSED;
    }
    out.println("Closed.");
    return Main.DONE;
  }

  /** Whether the conversation is to be closed. */
  private boolean speak(InputStream input) {
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8));
    try {
      Optional<String> line = line(lines);
      while (line.isPresent() && !line.get().equals(CLOSE)) {
        if (!line.get().isEmpty()) {
          tell(conversation.send(Bytes.utf8(line.get())));
        }
        line = line(lines);
      }
      return line.isPresent();
    } catch (IOException e) {
      throw new TalosException(ErrorCode.INTERNAL, "cannot read what is typed", e);
    }
  }

  private static Optional<String> line(BufferedReader lines) throws IOException {
    @Nullable String line = lines.readLine();
    if (line != null && line.length() > LINE_CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "the line is too long");
    }
    return Optional.ofNullable(line);
  }

  private void tell(Delivery delivery) {
    String remark =
        delivery.match(
            taken -> "",
            waiting -> "(kept, not sent yet: " + waiting.code() + ")",
            refused -> "(not sent: " + refused.code() + ")");
    if (!remark.isEmpty()) {
      err.println(remark);
    }
  }

  private int deliver() {
    Delivery delivery = conversation.deliver();
    if (delivery instanceof Delivery.Refused) {
      tell(delivery);
      return Main.REFUSED;
    }
    park();
    return Main.DONE;
  }

  /** So that an older copy of the home is noticed the next time; worth a remark, not a failure. */
  private void park() {
    try {
      if (conversation.park() instanceof Reply.Refused<Long> refused
          && !refused.refusal().is(ErrorCode.A2A_SESSION_STATE_INVALID)) {
        err.println("(not parked: " + refused.refusal().code() + ")");
      }
    } catch (TalosException e) {
      err.println("(not parked: " + e.code() + ")");
    }
  }

  private void listen() {
    while (!stop.get()) {
      try {
        Optional<Message> message = conversation.receive(PATIENCE);
        if (message.isPresent()) {
          out.println("> " + Console.printable(message.get().plaintext().utf8()));
          conversation.acknowledge(message.get());
        }
      } catch (TalosException e) {
        // The next turn goes on behind a bad frame, or asks a server that was away again.
        err.println("(" + e.getMessage() + ")");
      }
    }
  }
}
