package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory copies everything that Bob's process holds at one moment. */
class StolenGroupStateTest {
  private final Cast cast = new Cast();
  private final Group alice = cast.creates("alice");
  private final Group bob;
  private final Group stolen;

  StolenGroupStateTest() {
    OwnKeyPackage own = cast.keyPackage("bob");
    PreparedCommit add = alice.add(List.of(own.published()), Cast.now());
    alice.follow(add.commit(), cast.declared("alice", add));
    // Two states from the same secrets are what a theft leaves.
    bob = cast.joins("bob", own, add);
    stolen = cast.joins("bob", own, add);
  }

  @Test
  void she_reads_on_until_bob_commits_once_and_nothing_after() {
    PreparedCommit byAlice = alice.update();
    for (Group group : List.of(alice, bob, stolen)) {
      group.follow(byAlice.commit(), cast.declared("alice", byAlice));
    }
    assertThat(stolen.unprotect(alice.protect(Bytes.utf8("she reads this"))).content().utf8())
        .isEqualTo("she reads this");

    PreparedCommit healing = bob.update();
    alice.follow(healing.commit(), cast.declared("bob", healing));
    bob.follow(healing.commit(), cast.declared("bob", healing));
    Bytes after = alice.protect(Bytes.utf8("she does not read this"));

    assertThatThrownBy(() -> stolen.follow(healing.commit(), cast.declared("bob", healing)))
        .isInstanceOf(TalosException.class);
    assertThatThrownBy(() -> stolen.unprotect(after)).isInstanceOf(TalosException.class);
    assertThat(bob.unprotect(after).content().utf8()).isEqualTo("she does not read this");
  }

  @Test
  void what_was_read_before_the_theft_cannot_be_read_again_with_the_state() {
    Bytes before = alice.protect(Bytes.utf8("before"));
    stolen.unprotect(before);

    assertThatThrownBy(() -> stolen.unprotect(before)).isInstanceOf(TalosException.class);
  }

  @Test
  void from_the_state_no_message_key_of_an_epoch_can_be_derived_anew() {
    Mls.alone(
        "looking inside the library",
        () -> {
          OwnKeyPackage own = cast.keyPackage("carol");
          org.bouncycastle.mls.protocol.Group mls =
              new org.bouncycastle.mls.protocol.Group(
                  Cast.GROUP.toArray(),
                  Mls.SUITE,
                  own.leafPair(),
                  cast.named("carol").signing().seed().reveal(),
                  own.leafNode(),
                  List.of());
          Epoch epoch = new Epoch(mls, Roster.of(mls.getTree()));

          epoch.takeMessageKeys(Cast.CHANCE);

          assertThat(mls.getKeySchedule().encryptionSecret.isConsumed()).isTrue();
          assertThat(mls.getKeySchedule().joinerSecret.value())
              .satisfiesAnyOf(
                  gone -> assertThat(gone).isNull(),
                  gone -> assertThat(gone).containsOnly((byte) 0));
          return epoch;
        });
  }
}
