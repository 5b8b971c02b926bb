package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Agents stop, lose answers and start again, and Mallory puts old states back: nothing is lost, no
 * key serves twice.
 */
class RestartedAgentTest extends TwoAgents {
  @Test
  void a_key_that_was_used_is_wiped_from_memory() {
    Conversation alice = opened();
    say(alice, "one");
    SecretBytes chain = alice.ratchet().sendingChain().orElseThrow();

    say(alice, "two");

    assertThatThrownBy(chain::reveal).isInstanceOf(IllegalStateException.class);
    assertThat(read(bobsEnd(alice), 2)).containsExactly("one", "two");
  }

  @Test
  void what_the_server_does_not_take_waits_across_a_restart_as_the_same_frames() {
    Conversation alice = opened();
    mallory.silentAfter = r -> r.endsWith("/frames");
    assertThat(alice.send(Bytes.utf8("one"))).isInstanceOf(Delivery.Waiting.class);
    assertThat(alice.send(Bytes.utf8("two"))).isInstanceOf(Delivery.Waiting.class);

    aliceRestarts();
    mallory.silentAfter = r -> false;
    Conversation again = alices.find(alice.session()).orElseThrow();
    assertThat(again.deliver()).isEqualTo(new Delivery.Taken());
    say(again, "three");

    assertThat(mallory.submitted().stream().distinct()).hasSize(3);
    assertThat(read(bobsEnd(alice), 3)).containsExactly("one", "two", "three");
  }

  @Test
  void only_what_was_not_acknowledged_is_handed_out_again_after_a_restart_and_marked() {
    Conversation alice = opened();
    say(alice, "one", "two", "three");
    Conversation bob = bobsEnd(alice);
    Message first = bob.receive(PATIENCE).orElseThrow();
    Message second = bob.receive(PATIENCE).orElseThrow();
    bob.acknowledge(first);
    assertThat(first.again() || second.again()).isFalse();

    bobRestarts();

    Conversation again = bobsEnd(alice);
    Message secondAgain = again.receive(NO_PATIENCE).orElseThrow();
    assertThat(secondAgain.plaintext()).isEqualTo(second.plaintext());
    assertThat(secondAgain.number()).isEqualTo(second.number());
    assertThat(secondAgain.again()).isTrue();
    assertThat(again.receive(NO_PATIENCE).orElseThrow().plaintext().utf8()).isEqualTo("three");
    assertThat(again.receive(NO_PATIENCE)).isEmpty();
  }

  @Test
  void an_iterator_acknowledges_what_was_dealt_with() {
    Conversation alice = opened();
    say(alice, "one", "two");

    Iterator<Message> messages = bobsEnd(alice).messages(Duration.ofMillis(200));
    assertThat(messages.next().plaintext().utf8()).isEqualTo("one");
    assertThat(messages.next().plaintext().utf8()).isEqualTo("two");
    assertThat(messages.hasNext()).isFalse();

    bobRestarts();
    assertThat(bobsEnd(alice).receive(NO_PATIENCE)).isEmpty();
  }

  @Test
  void a_state_that_was_used_elsewhere_meanwhile_is_noticed_at_the_next_frame() {
    Conversation alice = opened();
    say(alice, "one");
    alicesHome.close();
    copy(disk.resolve("alice"), disk.resolve("backup"));
    aliceRestarts();
    say(alices.find(alice.session()).orElseThrow(), "two");
    alicesHome.close();
    copy(disk.resolve("backup"), disk.resolve("alice"));
    aliceRestarts();
    Conversation old = alices.find(alice.session()).orElseThrow();

    assertThat(refusal(() -> old.send(Bytes.utf8("another two"))))
        .isEqualTo(ErrorCode.STATE_ROLLED_BACK);
    assertThat(refusal(old::deliver)).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
    assertThat(read(bobsEnd(alice), 2)).containsExactly("one", "two");
  }

  @Test
  void a_whole_home_that_is_put_back_is_older_than_what_was_parked() {
    Conversation alice = opened();
    say(alice, "one");
    alicesHome.close();
    copy(disk.resolve("alice"), disk.resolve("backup"));
    aliceRestarts();
    Conversation newer = alices.find(alice.session()).orElseThrow();
    newer.requireNewest().orThrow();
    say(newer, "two");
    long parked = newer.park().orThrow();
    assertThat(newer.park().orThrow()).isEqualTo(parked);
    assertThat(newer.requireNewest().orThrow()).isEqualTo(parked);

    alicesHome.close();
    copy(disk.resolve("backup"), disk.resolve("alice"));
    aliceRestarts();
    Conversation old = alices.find(alice.session()).orElseThrow();

    assertThat(refusal(old::requireNewest)).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
    assertThat(refusal(old::park)).isEqualTo(ErrorCode.STATE_ROLLED_BACK);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
        } else if (!Files.exists(target)) {
          Files.createDirectory(target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void an_opening_is_answered_once_with_a_one_time_prekey_and_without() {
    Conversation first = opened();
    var replayed = new Conversations.Pending(mallory.openAgain(first.session()), alice(alicesHome));
    assertThat(refusal(() -> bobs.accept(replayed))).isEqualTo(ErrorCode.X3DH_MISSING_PREKEY);
    bobRestarts();
    assertThat(refusal(() -> bobs.accept(replayed))).isEqualTo(ErrorCode.X3DH_MISSING_PREKEY);

    while (mallory.leftOneTime(bob().text()) > 0) {
      alices.open(bob()).orThrow();
    }
    Conversation without = opened();
    var again = new Conversations.Pending(mallory.openAgain(without.session()), alice(alicesHome));
    assertThat(refusal(() -> bobs.accept(again))).isEqualTo(ErrorCode.REPLAY_DETECTED);
    assertThat(bobs.find(again.session())).isEmpty();
  }

  @Test
  void an_acceptance_whose_answer_was_lost_is_repeated_and_uses_up_nothing_more() {
    Conversation alice = alices.open(bob()).orThrow();
    var pending = new Conversations.Pending(alice.session(), alice(alicesHome));
    mallory.silentAfter = r -> r.endsWith("/accept");
    assertThat(refusal(() -> bobs.accept(pending))).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
    int left = bobsHome.identity().prekeys().oneTime().size();

    bobRestarts();
    mallory.silentAfter = r -> false;
    Conversation bob = bobs.accept(pending).orThrow();

    assertThat(bobsHome.identity().prekeys().oneTime()).hasSize(left);
    say(alice, "hello");
    assertThat(read(bob, 1)).containsExactly("hello");
  }

  @Test
  void prekeys_are_published_when_few_are_left_and_none_twice() {
    assertThat(bobs.keepPrekeys().orThrow()).isFalse();
    for (int i = 0; i < 48; i++) {
      alices.open(bob()).orThrow();
    }
    assertThat(bobs.keepPrekeys().orThrow()).isTrue();

    assertThat(mallory.leftOneTime(bob().text())).isEqualTo(2 + Limits.PREKEYS_BATCH);
    bobRestarts();
    assertThat(bobsHome.identity().prekeys().oneTime()).hasSize(2 * Limits.PREKEYS_BATCH);
  }
}
