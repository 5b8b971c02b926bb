package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.AgentHome;
import io.talos.client.Conversation;
import io.talos.client.Conversations;
import io.talos.client.Delivery;
import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.client.Message;
import io.talos.client.state.SealKey;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alice and Bob keep what they say across restarts; Mallory restarts them and puts states back. */
@OnTheStack
class ConversationsIT {
  private static final Randomness CHANCE = Randomness.secure();
  private static final SealKey KEY = SealKey.of(SecretBytes.of(CHANCE.bytes(32).toArray()));
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Stack stack;
  @TempDir Path disk;

  ConversationsIT(Stack stack) {
    this.stack = stack;
  }

  private AgentHome home(String name) {
    Path folder = disk.resolve(name);
    return AgentHome.isOne(folder)
        ? AgentHome.open(folder, KEY, CHANCE)
        : AgentHome.create(folder, KEY, Agents.registered(stack), CHANCE);
  }

  private Conversations conversations(AgentHome home) {
    return stack.client().agent(home.identity()).conversations(home);
  }

  private static void say(Conversation conversation, String text) {
    assertThat(conversation.send(Bytes.utf8(text))).isEqualTo(new Delivery.Taken());
  }

  private static String read(Conversation conversation) {
    Message message = conversation.receive(PATIENCE).orElseThrow();
    conversation.acknowledge(message);
    return message.plaintext().utf8();
  }

  @Test
  void they_open_accept_write_restart_and_close_and_the_server_forgets_what_was_acknowledged() {
    try (AgentHome alicesHome = home("alice")) {
      Conversations alices = conversations(alicesHome);
      Did alice = Did.parse(alicesHome.identity().did());
      Conversation alicesEnd;
      try (AgentHome bobsHome = home("bob")) {
        Conversations bobs = conversations(bobsHome);
        assertThat(bobs.keepPrekeys().orThrow()).isTrue();
        assertThat(bobs.keepPrekeys().orThrow()).isFalse();
        alicesEnd = alices.open(Did.parse(bobsHome.identity().did())).orThrow();
        assertThat(alicesEnd.send(Bytes.utf8("early"))).isInstanceOf(Delivery.Waiting.class);
        Conversations.Pending pending = bobs.pending().orThrow().get(0);
        assertThat(pending).isEqualTo(new Conversations.Pending(alicesEnd.session(), alice));
        Conversation bobsEnd = bobs.accept(pending).orThrow();

        CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> read(bobsEnd));
        say(alicesEnd, "second");
        assertThat(heard.orTimeout(60, TimeUnit.SECONDS).join()).isEqualTo("early");
        assertThat(read(bobsEnd)).isEqualTo("second");
        String bob = bobsHome.identity().did();
        Patiently.until(
            "the frames are acknowledged",
            () ->
                stack.count("select unread_frames from a2a.inbox where agent_id = '" + bob + "'")
                    == 0);
      }
      say(alicesEnd, "while Bob is away");
      try (AgentHome bobsHome = home("bob")) {
        Conversations bobs = conversations(bobsHome);
        Conversation bobsEnd = bobs.find(alicesEnd.session()).orElseThrow();
        assertThat(read(bobsEnd)).isEqualTo("while Bob is away");
        say(bobsEnd, "back again");
        assertThat(read(alicesEnd)).isEqualTo("back again");
        bobsEnd.close().orThrow();
        assertThat(alicesEnd.send(Bytes.utf8("too late"))).isInstanceOf(Delivery.Refused.class);
        assertThat(bobs.receive(Duration.ZERO)).isEmpty();
      }
    }
  }

  @Test
  void a_home_from_a_backup_is_refused_when_a_newer_state_was_parked() throws IOException {
    Conversation before;
    try (AgentHome bobsHome = home("bob");
        AgentHome alicesHome = home("alice")) {
      Conversations bobs = conversations(bobsHome);
      bobs.keepPrekeys().orThrow();
      before = conversations(alicesHome).open(Did.parse(bobsHome.identity().did())).orThrow();
      bobs.accept(bobs.pending().orThrow().get(0)).orThrow();
      copy(disk.resolve("alice"), disk.resolve("backup"));
      say(before, "one");
      before.park().orThrow();
      before.requireNewest().orThrow();
    }
    copy(disk.resolve("backup"), disk.resolve("alice"));

    try (AgentHome old = home("alice")) {
      Conversation alicesEnd = conversations(old).find(before.session()).orElseThrow();
      assertThatThrownBy(alicesEnd::requireNewest)
          .isInstanceOfSatisfying(
              TalosException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_ROLLED_BACK));
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        } else if (!Files.exists(target)) {
          Files.createDirectory(target);
        }
      }
    }
  }

  @Test
  void an_agent_that_is_ended_at_the_command_line_is_refused_from_then_on() {
    Identity agent = Agents.registered(stack);
    Path file = disk.resolve("agent.key");
    KeyFile.create(file, agent);
    Command command =
        Command.run(
            "id",
            "revoke",
            "--server",
            stack.baseUri().toString(),
            "--did",
            agent.did(),
            file.toString());

    assertThat(command.status()).as(command.said()).isZero();
    Replies.refused(stack.client().agent(agent).whoami(), ErrorCode.AUTH_REVOKED);
    assertThat(Optional.of(stack.client().keyHistory(Did.parse(agent.did())).orThrow()))
        .hasValueSatisfying(history -> assertThat(history.isRevoked()).isTrue());
  }
}
