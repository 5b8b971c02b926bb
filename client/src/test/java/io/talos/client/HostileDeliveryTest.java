package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Mallory runs the server between Alice and Bob: she reorders, repeats, changes, withholds and
 * swaps what she carries, and puts old states back.
 */
class HostileDeliveryTest extends TwoAgents {
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
