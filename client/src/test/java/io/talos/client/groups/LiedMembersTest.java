package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The server, or a member, lies about who is in the group. */
class LiedMembersTest {
  private final Cast cast = new Cast();
  private final Party groups = cast.group("alice", "bob", "carol");
  private final Group alice = groups.get("alice");
  private final Group bob = groups.get("bob");
  private final Group carol = groups.get("carol");

  private void mismatch(Group group, ThrowingCallable act) {
    Bytes before = group.epochAuthenticator();
    List<Did> members = group.members();
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_GROUP_ROSTER_MISMATCH));
    assertThat(group.epochAuthenticator()).isEqualTo(before);
    assertThat(group.members()).isEqualTo(members);
  }

  private Declared said(String author, List<Did> added, List<Did> removed) {
    return new Declared(cast.did(author), added, removed, false, Cast.now());
  }

  @Test
  void a_member_that_the_server_does_not_mention_is_noticed() {
    PreparedCommit add = alice.add(List.of(cast.keyPackage("mallory").published()), Cast.now());

    mismatch(bob, () -> bob.follow(add.commit(), said("alice", List.of(), List.of())));
    mismatch(alice, () -> alice.follow(add.commit(), said("alice", List.of(), List.of())));
  }

  @Test
  void a_removal_that_the_server_hides_or_gives_another_name_is_noticed() {
    PreparedCommit removal = alice.remove(cast.dids("carol"));

    mismatch(bob, () -> bob.follow(removal.commit(), said("alice", List.of(), List.of())));
    mismatch(bob, () -> bob.follow(removal.commit(), said("alice", List.of(), cast.dids("alice"))));
    mismatch(bob, () -> bob.follow(removal.commit(), said("carol", List.of(), cast.dids("carol"))));
    mismatch(
        carol, () -> carol.follow(removal.commit(), said("alice", List.of(), cast.dids("bob"))));
  }

  @Test
  void a_leaf_that_claims_a_did_with_a_key_that_does_not_speak_for_it_is_refused() {
    // Mallory makes a key package for Dave with a key of her own, and Alice's client is broken.
    LeafOwner forger = new LeafOwner(cast.did("dave"), Ed25519.generate(Cast.CHANCE));
    OwnKeyPackage forged = OwnKeyPackage.generate(forger, Cast.CHANCE, Cast.now());
    mismatch(alice, () -> alice.add(List.of(forged.published()), Cast.now()));

    MemberKeys gullible =
        did ->
            did.equals(cast.did("dave"))
                ? KeyHistory.of(Did.ofKey(forger.signing().publicKey()))
                : cast.keys().of(did);
    OwnKeyPackage erin = cast.keyPackage("erin");
    PreparedCommit add = alice.add(List.of(erin.published()), Cast.now());
    cast.all(groups, "alice", add);
    Group broken =
        Group.join(
            cast.named("erin"),
            Cast.GROUP,
            erin,
            add.welcome().orElseThrow(),
            gullible,
            Cast.CHANCE);
    PreparedCommit bad = broken.add(List.of(forged.published()), Cast.now());

    mismatch(bob, () -> bob.follow(bad.commit(), cast.declared("erin", bad)));
    assertThatThrownBy(
            () ->
                Group.join(
                    forger,
                    Cast.GROUP,
                    forged,
                    bad.welcome().orElseThrow(),
                    cast.keys(),
                    Cast.CHANCE))
        .isInstanceOf(TalosException.class)
        .hasMessageContaining("A2A_GROUP_ROSTER_MISMATCH");
  }

  @Test
  void an_agent_sits_at_one_leaf() {
    PreparedCommit twice = alice.update();
    cast.all(groups, "alice", twice);

    assertThatThrownBy(() -> alice.add(List.of(cast.keyPackage("bob").published()), Cast.now()))
        .isInstanceOf(TalosException.class);
    assertThat(alice.members()).isEqualTo(cast.dids("alice", "bob", "carol"));
  }

  @Test
  void a_key_that_was_changed_before_does_not_come_in_any_more() {
    LeafOwner dave = cast.named("dave");
    OwnKeyPackage old = cast.keyPackage("dave");
    KeyHistory begun = KeyHistory.of(dave.did());
    java.time.Instant yesterday = Cast.now().minus(java.time.Duration.ofDays(1));
    begun = begun.with(begun.begin(dave.signing(), Optional.empty(), yesterday));
    cast.knows(begun.with(begun.rotate(dave.signing(), Ed25519.generate(Cast.CHANCE), yesterday)));

    mismatch(alice, () -> alice.add(List.of(old.published()), Cast.now()));
  }
}
