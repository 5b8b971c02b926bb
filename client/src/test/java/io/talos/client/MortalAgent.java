package io.talos.client;

import io.talos.client.http.Backoff;
import io.talos.client.http.Transport;
import io.talos.client.state.SealKey;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An agent in a process of its own, which writes and reads until it is killed. Its application is a
 * folder of journals: what it was about to say, what it said, what it heard.
 */
final class MortalAgent {
  private final Path journals;
  private final Conversation conversation;

  private MortalAgent(Path journals, Conversation conversation) {
    this.journals = journals;
    this.conversation = conversation;
  }

  /** Server, home, key, folder of the journals; at most so many turns. */
  public static void main(String[] arguments) throws IOException {
    URI server = URI.create(arguments[0]);
    SealKey key = SealKey.of(SecretBytes.of(Base64Url.decode(arguments[2]).toArray()));
    Randomness chance = Randomness.secure();
    Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), chance);
    Transport transport = new Transport(Duration.ofSeconds(10), 4 << 20, backoff);
    try (AgentHome home = AgentHome.open(Path.of(arguments[1]), key, chance)) {
      Conversation conversation =
          new TalosClient(server, transport, Clock.systemUTC(), chance)
              .agent(home.identity())
              .conversations(home)
              .all()
              .get(0);
      MortalAgent agent = new MortalAgent(Path.of(arguments[3]), conversation);
      int turns = Integer.parseInt(arguments[4]);
      for (int turn = 0; turn < turns; turn++) {
        agent.speak();
        agent.listen(Duration.ZERO);
      }
      while (turns == 0 && agent.listen(Duration.ofSeconds(2))) {
        conversation.deliver();
      }
      conversation.deliver().orThrow();
    }
  }

  private void speak() throws IOException {
    String text = "alice " + lines("meant").size();
    append("meant", text);
    conversation.send(Bytes.utf8(text)).orThrow();
    append("said", text);
  }

  private boolean listen(Duration patience) throws IOException {
    Optional<Message> message = conversation.receive(patience);
    if (message.isEmpty()) {
      return false;
    }
    Set<String> heard = new HashSet<>(lines("heard"));
    String line = message.get().number() + " " + message.get().plaintext().utf8();
    if (heard.contains(line) && !message.get().again()) {
      append("wronged", line);
    }
    if (!heard.contains(line)) {
      append("heard", line);
    }
    conversation.acknowledge(message.get());
    return true;
  }

  private List<String> lines(String journal) throws IOException {
    Path file = journals.resolve(journal);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void append(String journal, String line) throws IOException {
    Files.writeString(
        journals.resolve(journal),
        line + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND,
        StandardOpenOption.DSYNC);
  }
}
