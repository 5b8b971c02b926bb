package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Mallory stands between the members, or is the server: whatever is not genuine changes nothing.
 */
class ForgedGroupMessageTest {
  private final Cast cast = new Cast();
  private final Party groups = cast.group("alice", "bob", "carol");
  private final Group alice = groups.get("alice");
  private final Group bob = groups.get("bob");
  private final Group carol = groups.get("carol");

  private static Bytes flipped(Bytes message, int at) {
    byte[] bytes = message.toArray();
    bytes[at] ^= 1;
    return Bytes.of(bytes);
  }

  private static void refused(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_GROUP_MESSAGE_INVALID));
  }

  @Test
  void members_read_each_other_and_know_who_wrote() {
    Plaintext read = bob.unprotect(alice.protect(Bytes.utf8("hello")));

    assertThat(read).isEqualTo(new Plaintext(cast.did("alice"), 1, Bytes.utf8("hello")));
    assertThat(bob.epochAuthenticator()).isEqualTo(alice.epochAuthenticator());
  }

  @Test
  void a_message_with_any_byte_changed_is_refused_and_the_genuine_one_is_read_after_it() {
    Bytes genuine = alice.protect(Bytes.utf8("hello"));

    for (int at = 0; at < genuine.size(); at++) {
      Bytes forged = flipped(genuine, at);
      refused(() -> bob.unprotect(forged));
    }

    assertThat(bob.unprotect(genuine).content()).isEqualTo(Bytes.utf8("hello"));
  }

  @Test
  void a_message_is_read_once() {
    Bytes message = alice.protect(Bytes.utf8("pay 10"));
    bob.unprotect(message);

    refused(() -> bob.unprotect(message));

    assertThat(bob.unprotect(alice.protect(Bytes.utf8("next"))).content().utf8()).isEqualTo("next");
  }

  @Test
  void messages_in_any_order_are_each_read_once() {
    List<Bytes> messages = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      messages.add(alice.protect(Bytes.utf8("message " + i)));
    }
    Collections.reverse(messages);

    for (int i = 0; i < messages.size(); i++) {
      assertThat(bob.unprotect(messages.get(i)).content().utf8())
          .isEqualTo("message " + (messages.size() - 1 - i));
    }
    messages.forEach(message -> refused(() -> bob.unprotect(message)));
  }

  @Test
  void a_sender_who_skips_more_than_the_bound_is_refused_and_nothing_is_derived() {
    Bytes first = alice.protect(Bytes.utf8("first"));
    for (int i = 0; i < Limits.SKIPPED_MAX; i++) {
      alice.protect(Bytes.empty());
    }
    Bytes far = alice.protect(Bytes.utf8("far"));

    refused(() -> bob.unprotect(far));

    assertThat(bob.unprotect(first).content().utf8()).isEqualTo("first");
    assertThat(bob.unprotect(far).content().utf8()).isEqualTo("far");
  }

  @Test
  void a_commit_with_any_byte_changed_is_refused_and_the_genuine_one_is_followed() {
    PreparedCommit update = alice.update();
    Bytes before = bob.epochAuthenticator();

    for (int at = 0; at < update.commit().size(); at++) {
      Bytes forged = flipped(update.commit(), at);
      refused(() -> bob.follow(forged, cast.declared("alice", update)));
      assertThat(bob.epochAuthenticator()).isEqualTo(before);
    }

    cast.all(groups, "alice", update);
    assertThat(bob.epochAuthenticator()).isEqualTo(alice.epochAuthenticator());
    assertThat(carol.unprotect(bob.protect(Bytes.utf8("on"))).content().utf8()).isEqualTo("on");
  }

  @Test
  void a_commit_of_an_earlier_epoch_is_refused() {
    PreparedCommit update = alice.update();
    cast.all(groups, "alice", update);
    Bytes before = bob.epochAuthenticator();

    refused(() -> bob.follow(update.commit(), cast.declared("alice", update)));

    assertThat(bob.epochAuthenticator()).isEqualTo(before);
  }

  @Test
  void a_message_of_an_earlier_epoch_cannot_be_read_any_more() {
    Bytes old = alice.protect(Bytes.utf8("old"));
    cast.all(groups, "carol", carol.update());

    refused(() -> bob.unprotect(old));
  }

  @Test
  void of_two_commits_of_one_epoch_the_second_is_refused_and_its_author_follows_the_first() {
    PreparedCommit first = alice.update();
    PreparedCommit second = bob.update();

    cast.all(groups, "alice", first);

    refused(() -> carol.follow(second.commit(), cast.declared("bob", second)));
    assertThat(bob.epochAuthenticator()).isEqualTo(alice.epochAuthenticator());
    PreparedCommit again = bob.update();
    cast.all(groups, "bob", again);
    assertThat(carol.epochAuthenticator()).isEqualTo(alice.epochAuthenticator());
  }

  @Test
  void a_stranger_with_the_group_info_can_neither_remove_another_nor_be_taken_for_a_member() {
    PreparedCommit update = alice.update();
    cast.all(groups, "alice", update);
    OutsideJoin mallory = cast.comesIn("mallory", update);

    assertThatThrownBy(
            () -> bob.follow(mallory.commit().commit(), cast.declared("alice", mallory.commit())))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_GROUP_ROSTER_MISMATCH));
    assertThat(bob.members()).isEqualTo(cast.dids("alice", "bob", "carol"));
  }

  @Test
  void lengths_that_lie_are_refused_before_anything_is_allocated() {
    byte[] bomb = alice.protect(Bytes.utf8("x")).toArray();
    bomb[4] = (byte) 0xBF;
    bomb[5] = (byte) 0xFF;
    bomb[6] = (byte) 0xFF;
    bomb[7] = (byte) 0xFF;

    refused(() -> bob.unprotect(Bytes.of(bomb)));
    refused(
        () ->
            bob.follow(
                Bytes.empty(),
                new Declared(cast.did("alice"), List.of(), List.of(), false, Cast.now())));
    refused(() -> bob.unprotect(alice.protect(Bytes.utf8("x")).concat(Bytes.of((byte) 0))));
  }

  @Test
  void an_invited_outsider_that_removes_another_on_its_way_in_is_refused() {
    PreparedCommit update = alice.update();
    cast.all(groups, "alice", update);
    LeafOwner mallory = cast.named("mallory");
    Bytes commit =
        Mls.alone(
            "Mallory's own client",
            () ->
                Mls.bytes(
                    org.bouncycastle.mls.protocol.Group.externalJoin(
                            new org.bouncycastle.mls.crypto.Secret(Cast.CHANCE.bytes(32).toArray()),
                            Mls.SUITE.deserializeSignaturePrivateKey(
                                mallory.signing().seed().reveal()),
                            cast.keyPackage("mallory").keyPackage(),
                            Mls.read(update.groupInfo(), Wire.Form.GROUP_INFO).groupInfo,
                            null,
                            OwnCommit.plain(),
                            new org.bouncycastle.mls.TreeKEM.LeafIndex(1),
                            java.util.Map.of())
                        .message));

    refused(
        () ->
            carol.follow(
                commit,
                new Declared(
                    mallory.did(), List.of(mallory.did()), cast.dids("bob"), true, Cast.now())));
    assertThat(carol.members()).isEqualTo(cast.dids("alice", "bob", "carol"));
  }
}
