package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.groups.OwnKeyPackage;
import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server withholds, reorders, repeats, forges and lies: members notice, or it does not matter.
 */
class DishonestGroupServerTest {
  private final OneGroup server = new OneGroup();
  private final GroupSession alice = server.maker("alice");
  private GroupSession bob = alice;

  @BeforeEach
  void bob_is_added() {
    OwnKeyPackage own = server.cast.offers("bob");
    alice.add(List.of(server.cast.did("bob"))).orThrow();
    bob = server.welcomed("bob", own);
    bob.receive().orThrow();
  }

  private void notices(ErrorCode code, UnaryOperator<List<GroupEntry>> lie) {
    Bytes before = bob.epochAuthenticator();
    server.lie = lie;
    assertThatThrownBy(() -> bob.receive())
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(bob.epochAuthenticator()).isEqualTo(before);
    server.lie = UnaryOperator.identity();
  }

  private List<String> read() {
    return bob.receive().orThrow().messages().stream().map(m -> m.content().utf8()).toList();
  }

  private static List<GroupEntry> changed(List<GroupEntry> page, UnaryOperator<GroupEntry> change) {
    return page.stream().map(change).toList();
  }

  private static GroupEntry with(
      GroupEntry entry, Did sender, Bytes content, List<Did> added, List<Did> removed) {
    return new GroupEntry(
        entry.position(),
        entry.kind(),
        sender,
        entry.epoch(),
        content,
        added,
        removed,
        entry.external(),
        entry.sentAt());
  }

  @Test
  void a_withheld_message_is_noticed_and_all_are_read_once_it_is_there() {
    alice.send(Bytes.utf8("one")).orThrow();
    alice.send(Bytes.utf8("two")).orThrow();

    notices(ErrorCode.A2A_GROUP_MESSAGE_INVALID, page -> page.subList(1, page.size()));

    assertThat(read()).containsExactly("one", "two");
  }

  @Test
  void reordered_entries_are_noticed() {
    alice.send(Bytes.utf8("one")).orThrow();
    alice.send(Bytes.utf8("two")).orThrow();

    notices(
        ErrorCode.A2A_GROUP_MESSAGE_INVALID,
        page -> {
          List<GroupEntry> reversed = new ArrayList<>(page);
          Collections.reverse(reversed);
          return reversed;
        });

    assertThat(read()).containsExactly("one", "two");
  }

  @Test
  void entries_that_come_twice_are_read_once() {
    alice.send(Bytes.utf8("one")).orThrow();
    server.lie =
        page -> {
          List<GroupEntry> twice = new ArrayList<>(page);
          twice.addAll(page);
          return twice;
        };

    assertThat(read()).containsExactly("one");
    assertThat(read()).isEmpty();
  }

  @Test
  void a_member_list_that_lies_is_noticed() {
    server.cast.offers("carol");
    alice.add(List.of(server.cast.did("carol"))).orThrow();

    notices(
        ErrorCode.A2A_GROUP_ROSTER_MISMATCH,
        page -> changed(page, e -> with(e, e.sender(), e.content(), List.of(), List.of())));
    notices(
        ErrorCode.A2A_GROUP_ROSTER_MISMATCH,
        page ->
            changed(
                page,
                e -> with(e, server.cast.did("mallory"), e.content(), e.added(), e.removed())));

    bob.receive().orThrow();
    assertThat(bob.members()).isEqualTo(server.cast.dids("alice", "bob", "carol"));
  }

  @Test
  void a_forged_message_is_reported_and_the_rest_is_read() {
    alice.send(Bytes.utf8("one")).orThrow();
    alice.send(Bytes.utf8("two")).orThrow();
    server.lie =
        page -> {
          List<GroupEntry> forged = new ArrayList<>(page);
          GroupEntry first = page.get(0);
          forged.set(0, with(first, first.sender(), Bytes.utf8("rubbish"), List.of(), List.of()));
          return forged;
        };

    GroupNews news = bob.receive().orThrow();

    assertThat(news.messages()).extracting(m -> m.content().utf8()).containsExactly("two");
    assertThat(news.unreadable()).hasSize(1);
  }

  @Test
  void the_sender_of_a_message_is_who_signed_it_whatever_the_server_says() {
    alice.send(Bytes.utf8("one")).orThrow();
    server.lie =
        page ->
            changed(
                page, e -> with(e, server.cast.did("mallory"), e.content(), List.of(), List.of()));

    assertThat(bob.receive().orThrow().messages())
        .extracting(GroupNews.Message::sender)
        .containsExactly(server.cast.did("alice"));
  }

  @Test
  void a_member_that_was_away_for_many_epochs_catches_up() {
    for (int i = 0; i < 250; i++) {
      alice.update().orThrow();
      if (i % 50 == 0) {
        alice.send(Bytes.utf8("epoch " + i)).orThrow();
      }
    }

    assertThat(read())
        .containsExactly("epoch 0", "epoch 50", "epoch 100", "epoch 150", "epoch 200");
    assertThat(bob.epochAuthenticator()).isEqualTo(alice.epochAuthenticator());
  }

  @Test
  void a_second_copy_of_an_agent_makes_the_first_one_end_not_fork() {
    GroupSession copy = server.fromOutside("bob");

    bob.receive().orThrow();
    assertThat(bob.isMember()).isFalse();
    copy.send(Bytes.utf8("back")).orThrow();
    assertThat(alice.receive().orThrow().messages()).hasSize(1);
  }
}
