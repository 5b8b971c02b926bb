package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.http.Backoff;
import io.talos.client.http.Transport;
import io.talos.client.state.SealKey;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Alice and Bob, each with a home on disk; Mallory runs the server between them. */
abstract class TwoAgents {
  static final Randomness CHANCE = Randomness.secure();
  static final SealKey KEY = SealKey.of(SecretBytes.of(CHANCE.bytes(32).toArray()));
  static final Duration PATIENCE = Duration.ofSeconds(20);
  static final Duration NO_PATIENCE = Duration.ZERO;

  @TempDir Path disk;
  final DeliveryServer mallory = new DeliveryServer();
  final List<AgentHome> homes = new ArrayList<>();
  Conversations alices;
  Conversations bobs;
  AgentHome alicesHome;
  AgentHome bobsHome;

  @BeforeEach
  void two_agents_live_somewhere() {
    alicesHome = home("alice");
    bobsHome = home("bob");
    alices = conversations(alicesHome);
    bobs = conversations(bobsHome);
    assertThat(bobs.keepPrekeys().orThrow()).isTrue();
  }

  @AfterEach
  void close() {
    homes.forEach(AgentHome::close);
    mallory.close();
  }

  AgentHome home(String name) {
    Path folder = disk.resolve(name);
    AgentHome home =
        AgentHome.isOne(folder)
            ? AgentHome.open(folder, KEY, CHANCE)
            : AgentHome.create(folder, KEY, Identity.generate(CHANCE), CHANCE);
    homes.add(home);
    mallory.register(home.identity());
    return home;
  }

  Conversations conversations(AgentHome home) {
    return conversations(home, Clock.systemUTC());
  }

  Conversations conversations(AgentHome home, InstantSource clock) {
    Backoff short_ = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), CHANCE);
    Transport transport = new Transport(Duration.ofSeconds(10), 4 << 20, short_);
    return new TalosClient(mallory.uri(), transport, clock, CHANCE)
        .agent(home.identity())
        .conversations(home);
  }

  void aliceRestarts() {
    alicesHome.close();
    alicesHome = home("alice");
    alices = conversations(alicesHome);
  }

  void bobRestarts() {
    bobsHome.close();
    bobsHome = home("bob");
    bobs = conversations(bobsHome);
  }

  Did bob() {
    return Did.parse(bobsHome.identity().did());
  }

  /** Alice's end of a session that Bob accepted. */
  Conversation opened() {
    Conversation alice = alices.open(bob()).orThrow();
    bobs.accept(new Conversations.Pending(alice.session(), alice(alicesHome))).orThrow();
    return alice;
  }

  static Did alice(AgentHome home) {
    return Did.parse(home.identity().did());
  }

  Conversation bobsEnd(Conversation alice) {
    return bobs.find(alice.session()).orElseThrow();
  }

  static void say(Conversation conversation, String... texts) {
    for (String text : texts) {
      assertThat(conversation.send(Bytes.utf8(text))).isEqualTo(new Delivery.Taken());
    }
  }

  static List<String> read(Conversation conversation, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Message message = conversation.receive(PATIENCE).orElseThrow();
      texts.add(message.plaintext().utf8());
      conversation.acknowledge(message);
    }
    return texts;
  }

  static ErrorCode refusal(Runnable act) {
    try {
      act.run();
    } catch (TalosException e) {
      return e.code();
    }
    throw new AssertionError("it was not refused");
  }
}
