package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.http.Backoff;
import io.talos.client.http.Transport;
import io.talos.client.state.SealKey;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mallory kills Alice's process with SIGKILL at moments of her choice, again and again, while Alice
 * and Bob talk. The number of kills is 8, under {@code -Dtalos.proof=true} 500; the seed is {@code
 * -Dtalos.seed}.
 */
class KilledAgentTest {
  private static final int KILLS = Boolean.getBoolean("talos.proof") ? 500 : 8;
  private static final int TURNS = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Randomness CHANCE = Randomness.secure();

  @TempDir Path disk;
  private final Random moments = new Random(Long.getLong("talos.seed", 41));
  private final AtomicInteger untilKill = new AtomicInteger();
  private final AtomicReference<@Nullable Process> victim = new AtomicReference<>();

  @Test
  void nothing_is_lost_nothing_is_read_twice_and_no_key_is_used_twice() throws Exception {
    Bytes key = CHANCE.bytes(32);
    SealKey seal = SealKey.of(SecretBytes.of(key.toArray()));
    Identity alice = Identity.generate(CHANCE);
    Identity bob = Identity.generate(CHANCE);
    try (DeliveryServer server = new DeliveryServer();
        AgentHome bobsHome = AgentHome.create(disk.resolve("bob"), seal, bob, CHANCE)) {
      server.register(alice);
      server.register(bob);
      Conversations bobs = conversations(server, bobsHome);
      bobs.keepPrekeys().orThrow();
      try (AgentHome home = AgentHome.create(disk.resolve("alice"), seal, alice, CHANCE)) {
        conversations(server, home).open(Did.parse(bob.did())).orThrow();
      }
      Conversation bobsEnd = bobs.accept(bobs.pending().orThrow().get(0)).orThrow();
      Bob listener = new Bob(bobsEnd);
      Thread thread = new Thread(listener, "bob");
      thread.start();
      try {
        server.before = this::maybeKill;
        server.after = this::maybeKill;
        for (int kill = 0; kill < KILLS; kill++) {
          killSoon(server, key);
        }
        untilKill.set(Integer.MAX_VALUE);
        listener.stop.set(true);
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
        runToItsEnd(server, key);
        listener.listen(Duration.ofSeconds(1));
      } finally {
        listener.stop.set(true);
      }
      requireNothingLostOrDoubled(listener);
      requireNoKeyTwice(server.submitted());
    }
  }

  private Conversations conversations(DeliveryServer server, AgentHome home) {
    Backoff backoff = new Backoff(Duration.ofMillis(5), Duration.ofMillis(50), CHANCE);
    Transport transport = new Transport(Duration.ofSeconds(10), 4 << 20, backoff);
    return new TalosClient(server.uri(), transport, Clock.systemUTC(), CHANCE)
        .agent(home.identity())
        .conversations(home);
  }

  /** Bob's whole application. */
  private static final class Bob implements Runnable {
    private final Conversation conversation;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<String> said = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();

    Bob(Conversation conversation) {
      this.conversation = conversation;
    }

    @Override
    public void run() {
      while (!stop.get()) {
        listen(Duration.ofMillis(100));
        String text = "bob " + said.size();
        conversation.send(Bytes.utf8(text)).orThrow();
        said.add(text);
      }
    }

    void listen(Duration patience) {
      Optional<Message> message = conversation.receive(patience);
      while (message.isPresent()) {
        heard.add(message.get().plaintext().utf8());
        conversation.acknowledge(message.get());
        message = conversation.receive(Duration.ZERO);
      }
    }
  }

  /** The request at which it happens was counted out before; some die a moment later. */
  private void maybeKill() {
    if (untilKill.decrementAndGet() == 0) {
      int micros = moments.nextInt(4) == 0 ? 0 : moments.nextInt(8000);
      LockSupport.parkNanos(micros * 1000L);
      Process process = victim.get();
      if (process != null) {
        process.destroyForcibly();
      }
    }
  }

  private void killSoon(DeliveryServer server, Bytes key) throws Exception {
    // Counted over both agents' requests, before and after each is carried out.
    untilKill.set(Integer.MAX_VALUE);
    Process process = start(server, key, TURNS);
    victim.set(process);
    int spoken = server.submitted().size();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (server.submitted().size() < spoken + 2 && System.nanoTime() < end) {
      LockSupport.parkNanos(1_000_000);
    }
    untilKill.set(1 + moments.nextInt(60));
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output()).isEqualTo(128 + 9);
  }

  private void runToItsEnd(DeliveryServer server, Bytes key) throws Exception {
    Process last = start(server, key, 0);
    assertThat(last.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).as(output()).isZero();
  }

  private String output() throws IOException {
    return Files.readString(disk.resolve("output"));
  }

  private Process start(DeliveryServer server, Bytes key, int turns) throws IOException {
    Path journals = Files.createDirectories(disk.resolve("journals"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MortalAgent.class.getName(),
            server.uri().toString(),
            disk.resolve("alice").toString(),
            Base64Url.encode(key),
            journals.toString(),
            String.valueOf(turns))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(disk.resolve("output").toFile()))
        .start();
  }

  private List<String> journal(String name) throws IOException {
    Path file = disk.resolve("journals").resolve(name);
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private void requireNothingLostOrDoubled(Bob bob) throws IOException {
    List<String> aliceHeard =
        journal("heard").stream().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
    assertThat(journal("wronged")).isEmpty();
    assertThat(journal("said")).hasSizeGreaterThan(KILLS);
    assertThat(aliceHeard).containsExactlyElementsOf(bob.said);
    assertThat(bob.heard).doesNotHaveDuplicates().containsAll(journal("said"));
    assertThat(journal("meant")).containsAll(bob.heard);
  }

  /** A header names one message key, and with it one nonce. */
  private static void requireNoKeyTwice(List<JsonObject> frames) {
    Map<String, String> ciphertexts = new HashMap<>();
    Map<String, String> numbers = new HashMap<>();
    for (JsonObject frame : frames) {
      String hash = frame.getString("ciphertext_hash");
      String before = ciphertexts.put(frame.getString("header_b64u"), hash);
      assertThat(before).isIn(null, hash);
      String number = frame.getString("sender_id") + " " + frame.getInt("sender_seq");
      String digest = numbers.put(number, frame.getString("frame_digest"));
      assertThat(digest).isIn(null, frame.getString("frame_digest"));
    }
  }
}
