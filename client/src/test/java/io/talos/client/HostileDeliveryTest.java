package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.http.Backoff;
import io.talos.client.http.Transport;
import io.talos.client.state.SealKey;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mallory runs the server between Alice and Bob: she reorders, repeats, changes, withholds and
 * swaps what she carries, and puts old states back.
 */
class HostileDeliveryTest {
  private static final Randomness CHANCE = Randomness.secure();
  private static final SealKey KEY = SealKey.of(SecretBytes.of(CHANCE.bytes(32).toArray()));
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration NO_PATIENCE = Duration.ZERO;

  @TempDir Path disk;
  private final DeliveryServer mallory = new DeliveryServer();
  private final List<AgentHome> homes = new ArrayList<>();
  private Conversations alices;
  private Conversations bobs;
  private AgentHome alicesHome;
  private AgentHome bobsHome;

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

  private AgentHome home(String name) {
    Path folder = disk.resolve(name);
    AgentHome home =
        AgentHome.isOne(folder)
            ? AgentHome.open(folder, KEY, CHANCE)
            : AgentHome.create(folder, KEY, Identity.generate(CHANCE), CHANCE);
    homes.add(home);
    mallory.register(home.identity());
    return home;
  }

  private Conversations conversations(AgentHome home) {
    return conversations(home, Clock.systemUTC());
  }

  private Conversations conversations(AgentHome home, InstantSource clock) {
    Backoff short_ = new Backoff(Duration.ofMillis(5), Duration.ofMillis(20), CHANCE);
    Transport transport = new Transport(Duration.ofSeconds(10), 4 << 20, short_);
    return new TalosClient(mallory.uri(), transport, clock, CHANCE)
        .agent(home.identity())
        .conversations(home);
  }

  private void aliceRestarts() {
    alicesHome.close();
    alicesHome = home("alice");
    alices = conversations(alicesHome);
  }

  private void bobRestarts() {
    bobsHome.close();
    bobsHome = home("bob");
    bobs = conversations(bobsHome);
  }

  private Did bob() {
    return Did.parse(bobsHome.identity().did());
  }

  /** Alice's end of a session that Bob accepted. */
  private Conversation opened() {
    Conversation alice = alices.open(bob()).orThrow();
    bobs.accept(new Conversations.Pending(alice.session(), alice(alicesHome))).orThrow();
    return alice;
  }

  private static Did alice(AgentHome home) {
    return Did.parse(home.identity().did());
  }

  private Conversation bobsEnd(Conversation alice) {
    return bobs.find(alice.session()).orElseThrow();
  }

  private static void say(Conversation conversation, String... texts) {
    for (String text : texts) {
      assertThat(conversation.send(Bytes.utf8(text))).isEqualTo(new Delivery.Taken());
    }
  }

  private static List<String> read(Conversation conversation, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Message message = conversation.receive(PATIENCE).orElseThrow();
      texts.add(message.plaintext().utf8());
      conversation.acknowledge(message);
    }
    return texts;
  }

  private static ErrorCode refusal(Runnable act) {
    try {
      act.run();
    } catch (TalosException e) {
      return e.code();
    }
    throw new AssertionError("it was not refused");
  }

  @Test
  void both_write_and_read_and_who_was_asked_first_finds_the_session_in_its_list() {
    Conversation alice = alices.open(bob()).orThrow();
    assertThat(alice.send(Bytes.utf8("early"))).isInstanceOf(Delivery.Waiting.class);

    List<Conversations.Pending> pending = bobs.pending().orThrow();
    assertThat(pending)
        .containsExactly(new Conversations.Pending(alice.session(), alice(alicesHome)));
    assertThat(alices.pending().orThrow()).isEmpty();
    Conversation bob = bobs.accept(pending.get(0)).orThrow();
    say(alice, "second");

    assertThat(read(bob, 2)).containsExactly("early", "second");
    say(bob, "answer");
    assertThat(read(alice, 1)).containsExactly("answer");
    assertThat(alice.receive(NO_PATIENCE)).isEmpty();
    assertThat(alice.suite()).isEqualTo(bob.suite());
  }

  @Test
  void frames_in_any_order_and_any_number_of_times_are_each_read_once() {
    Conversation alice = opened();
    mallory.delivery =
        frames -> {
          List<JsonObject> twice = new ArrayList<>(frames);
          twice.addAll(frames);
          Collections.reverse(twice);
          return twice;
        };
    List<String> texts = IntStream.range(0, 20).mapToObj(i -> "word " + i).toList();

    texts.forEach(text -> say(alice, text));

    assertThat(read(bobsEnd(alice), 20)).containsExactlyInAnyOrderElementsOf(texts);
    mallory.inbox(bob().text()).forEach(frame -> mallory.deliver(bob().text(), frame));
    assertThat(bobs.receive(Duration.ofMillis(200))).isEmpty();
  }

  @Test
  void a_frame_that_is_withheld_is_missed_by_its_number_and_read_when_it_comes() {
    Conversation alice = opened();
    say(alice, "one", "two", "three");
    JsonObject withheld = mallory.inbox(bob().text()).get(1);
    mallory.delivery = frames -> frames.stream().filter(f -> !f.equals(withheld)).toList();

    assertThat(read(bobsEnd(alice), 2)).containsExactly("one", "three");
    assertThat(bobsEnd(alice).missing()).containsExactly(1L);

    mallory.delivery = frames -> frames;
    mallory.deliver(bob().text(), withheld);
    assertThat(read(bobsEnd(alice), 1)).containsExactly("two");
    assertThat(bobsEnd(alice).missing()).isEmpty();
  }

  @Test
  void a_changed_frame_is_told_of_once_and_the_genuine_one_behind_it_is_read() {
    Conversation alice = opened();
    say(alice, "genuine");
    JsonObject genuine = mallory.inbox(bob().text()).get(0);
    JsonObject changed = Json.createObjectBuilder(genuine).add("ciphertext_b64u", "AAAA").build();
    JsonObject unsigned =
        Json.createObjectBuilder(genuine).add("expires_at", "2199-01-01T00:00:00.000Z").build();
    JsonObject shapeless = Json.createObjectBuilder().add("frame", "none").build();
    mallory.delivery = frames -> List.of(shapeless, changed, unsigned, genuine);
    Conversation bob = bobsEnd(alice);

    assertThat(read(bob, 1)).containsExactly("genuine");
    mallory.delivery = frames -> frames;

    assertThat(refusal(() -> bob.receive(NO_PATIENCE)))
        .isEqualTo(ErrorCode.A2A_FRAME_CIPHERTEXT_HASH_MISMATCH);
    assertThat(refusal(() -> bob.receive(NO_PATIENCE)))
        .isEqualTo(ErrorCode.A2A_FRAME_SIGNATURE_INVALID);
    assertThat(bob.receive(NO_PATIENCE)).isEmpty();
    say(alice, "on we go");
    assertThat(read(bob, 1)).containsExactly("on we go");
  }

  @Test
  void a_frame_that_is_moved_to_another_session_is_not_read_there() {
    Conversation first = opened();
    Conversation second = opened();
    say(first, "for the first");
    JsonObject frame = mallory.inbox(bob().text()).get(0);
    JsonObject moved =
        Json.createObjectBuilder(frame).add("session_id", second.session().text()).build();
    mallory.delivery = frames -> List.of(moved);

    assertThat(refusal(() -> bobsEnd(second).receive(NO_PATIENCE)))
        .isEqualTo(ErrorCode.A2A_FRAME_DIGEST_MISMATCH);
    mallory.delivery = frames -> frames;
    mallory.deliver(bob().text(), frame);
    assertThat(read(bobsEnd(first), 1)).containsExactly("for the first");
    assertThat(bobsEnd(second).receive(NO_PATIENCE)).isEmpty();
  }

  @Test
  void a_frame_whose_answer_was_lost_is_brought_again_unchanged_and_read_once() {
    Conversation alice = opened();
    AtomicInteger lost = new AtomicInteger(2);
    mallory.silentAfter = r -> r.endsWith("/frames") && lost.getAndDecrement() > 0;

    say(alice, "only once");

    assertThat(mallory.submitted()).hasSize(3);
    assertThat(mallory.submitted().stream().distinct()).hasSize(1);
    assertThat(read(bobsEnd(alice), 1)).containsExactly("only once");
    assertThat(bobsEnd(alice).receive(NO_PATIENCE)).isEmpty();
  }

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

  @Test
  void a_conversation_goes_on_when_the_peer_or_oneself_has_another_key() {
    Conversation alice = opened();
    say(alice, "with the first key");
    assertThat(read(bobsEnd(alice), 1)).hasSize(1);
    mallory.silentAfter = r -> r.endsWith("/frames");
    alice.send(Bytes.utf8("signed with the first, sent with the second"));

    alicesHome.keep(alicesHome.identity().rotated(CHANCE, Clock.systemUTC().instant()));
    mallory.register(alicesHome.identity());
    mallory.silentAfter = r -> false;
    Conversation again = conversations(alicesHome).find(alice.session()).orElseThrow();
    assertThat(again.deliver()).isEqualTo(new Delivery.Taken());

    // The frame that the server had under the first key is genuine too: it was made before.
    assertThat(read(bobsEnd(alice), 1))
        .containsExactly("signed with the first, sent with the second");
    say(again, "with the second key");
    assertThat(read(bobsEnd(alice), 1)).containsExactly("with the second key");
    bobRestarts();
    say(bobsEnd(alice), "heard");
    assertThat(read(again, 1)).containsExactly("heard");
  }

  @Test
  void a_session_that_is_closed_is_forgotten_by_the_one_and_refused_to_the_other() {
    Conversation alice = opened();
    bobsEnd(alice).close().orThrow();

    assertThat(bobs.find(alice.session())).isEmpty();
    assertThat(alice.send(Bytes.utf8("too late")))
        .isEqualTo(new Delivery.Refused(ErrorCode.A2A_SESSION_STATE_INVALID.name()));
    alice.close().orThrow();
    aliceRestarts();
    assertThat(alices.all()).isEmpty();
  }

  @Test
  void a_server_that_is_away_is_asked_again_until_patience_ends_and_then_it_is_said() {
    Conversation alice = opened();
    AtomicInteger asked = new AtomicInteger();
    mallory.silentAfter = r -> r.startsWith("GET /a2a/frames") && asked.incrementAndGet() < 4;
    say(alice, "there it is");
    assertThat(read(bobsEnd(alice), 1)).containsExactly("there it is");
    assertThat(asked.get()).isGreaterThanOrEqualTo(4);

    mallory.silentAfter = r -> true;
    assertThat(refusal(() -> bobsEnd(alice).receive(Duration.ofMillis(300))))
        .isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
  }

  @Test
  void an_outbox_that_is_full_takes_nothing_more_and_loses_nothing() {
    Conversation alice = alices.open(bob()).orThrow();
    for (int i = 0; i < Limits.OUTBOX_MAX; i++) {
      alice.send(Bytes.utf8("word " + i));
    }
    assertThat(refusal(() -> alice.send(Bytes.utf8("one too many"))))
        .isEqualTo(ErrorCode.STATE_FULL);

    bobs.accept(bobs.pending().orThrow().get(0)).orThrow();
    assertThat(alice.deliver()).isEqualTo(new Delivery.Taken());
    assertThat(read(bobsEnd(alice), Limits.OUTBOX_MAX)).hasSize(Limits.OUTBOX_MAX);
    assertThat(Optional.of(alice.deliver())).contains(new Delivery.Taken());
  }
}
