package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.AgentHome;
import io.talos.client.Conversation;
import io.talos.client.Conversations;
import io.talos.client.DeliveryServer;
import io.talos.client.Identity;
import io.talos.client.KeyFile;
import io.talos.client.TalosClient;
import io.talos.client.state.SealKey;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory is the peer, or sits at the next terminal: what she writes is text and nothing else. */
class HostilePeerTest {
  private static final Randomness CHANCE = Randomness.secure();
  private static final SealKey KEY = SealKey.of(SecretBytes.of(CHANCE.bytes(32).toArray()));
  private static final Duration LINGER = Duration.ofMillis(500);

  @TempDir Path disk;
  private final DeliveryServer server = new DeliveryServer();
  private final List<AgentHome> homes = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Conversation mallorys;
  private Conversation bobs;
  private Conversations bobsAll;

  @BeforeEach
  void mallory_and_bob_are_in_a_session() {
    bobsAll = conversations("bob");
    bobsAll.keepPrekeys().orThrow();
    mallorys = conversations("mallory").open(Did.parse(homes.get(0).identity().did())).orThrow();
    bobs = bobsAll.accept(bobsAll.pending().orThrow().get(0)).orThrow();
  }

  @AfterEach
  void close() {
    homes.forEach(AgentHome::close);
    server.close();
  }

  private Conversations conversations(String name) {
    AgentHome home = AgentHome.create(disk.resolve(name), KEY, Identity.generate(CHANCE), CHANCE);
    homes.add(home);
    server.register(home.identity());
    return new TalosClient(server.uri()).agent(home.identity()).conversations(home);
  }

  private int chat(String typed) {
    return new ChatTerminal(bobs, new PrintWriter(out, true), new PrintWriter(err, true))
        .run(new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)), LINGER);
  }

  private int talos(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void a_message_cannot_move_the_cursor_or_look_like_a_second_message() {
    mallorys.send(Bytes.utf8("\u001b[2Jgone\n> I am Alice")).orThrow();

    assertThat(chat("hello\n")).isEqualTo(Main.DONE);

    assertThat(out.toString().lines()).containsExactly("> ?[2Jgone?> I am Alice");
    assertThat(mallorys.receive(LINGER).orElseThrow().plaintext().utf8()).isEqualTo("hello");
  }

  @Test
  void who_closes_is_told_so_and_what_is_typed_after_the_end_is_not_sent() {
    assertThat(chat("/close\nnot sent\n")).isEqualTo(Main.DONE);
    assertThat(out.toString()).contains("Closed.");
    assertThat(bobsAll.all()).isEmpty();

    mallorys.send(Bytes.utf8("anybody there?"));
    assertThat(server.inbox(homes.get(0).identity().did())).isEmpty();
  }

  @Test
  void what_a_closed_session_refuses_is_said_and_the_exit_status_shows_it() {
    mallorys.close().orThrow();

    assertThat(chat("hello\n")).isEqualTo(Main.REFUSED);
    assertThat(err.toString()).contains("not sent: A2A_SESSION_STATE_INVALID");
  }

  @Test
  void a_home_is_made_once_with_its_key_file_and_opened_by_its_passphrase_only()
      throws IOException {
    Identity alice = Identity.generate(CHANCE);
    server.register(alice);
    KeyFile.create(disk.resolve("alice.key"), alice);
    Files.writeString(disk.resolve("right"), "correct horse\n");
    Files.writeString(disk.resolve("wrong"), "battery staple\n");
    String home = disk.resolve("alice").toString();
    String at = server.uri().toString();
    String right = disk.resolve("right").toString();
    String wrong = disk.resolve("wrong").toString();

    assertThat(talos("chat", "list", "--server", at, "--home", home, "--passphrase-file", right))
        .isEqualTo(Main.FAILED);
    assertThat(
            talos(
                "chat",
                "list",
                "--server",
                at,
                "--home",
                home,
                "--passphrase-file",
                right,
                "--key",
                disk.resolve("alice.key").toString()))
        .isEqualTo(Main.DONE);
    Files.delete(disk.resolve("alice.key"));
    assertThat(talos("chat", "list", "--server", at, "--home", home, "--passphrase-file", right))
        .isEqualTo(Main.DONE);
    assertThat(talos("chat", "list", "--server", at, "--home", home, "--passphrase-file", wrong))
        .isEqualTo(Main.FAILED);

    assertThat(out.toString()).contains("I am " + alice.did());
    assertThat(err.toString()).contains(ErrorCode.DECRYPT_FAILED.name());
  }
}
