package io.talos.client.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two MLS stacks that share no code are in one group, and agree on everything. */
class ForeignStackTest {
  private final Cast cast = new Cast();
  private final Party groups = new Party();
  @org.jspecify.annotations.Nullable private ForeignMember started;

  @BeforeEach
  void a_foreign_member_is_there() throws IOException {
    started = new ForeignMember();
  }

  @AfterEach
  void it_goes() {
    if (started != null) {
      started.close();
    }
  }

  private ForeignMember foreign() {
    return java.util.Objects.requireNonNull(started);
  }

  private Declared said(Did author, PreparedCommit commit) {
    return new Declared(author, commit.added(), commit.removed(), commit.external(), Cast.now());
  }

  /** Everybody follows a commit of ours. */
  private void ours(String author, PreparedCommit commit) {
    cast.all(groups, author, commit);
    foreign().follow(commit.commit());
  }

  /** Everybody follows a commit of the foreign member. */
  private void theirs(PreparedCommit commit) {
    foreign().taken();
    groups.values().forEach(group -> group.follow(commit.commit(), said(foreign().did(), commit)));
  }

  private void agree(String... names) {
    List<Did> members =
        Stream.concat(Stream.of(names).map(cast::did), Stream.of(foreign().did()))
            .sorted()
            .toList();
    Bytes theirs = foreign().send("from the other side");
    for (String name : names) {
      Group group = groups.get(name);
      assertThat(group.epoch()).isEqualTo(foreign().epoch());
      assertThat(group.epochAuthenticator()).isEqualTo(foreign().epochAuthenticator());
      assertThat(group.members()).isEqualTo(members).isEqualTo(foreign().members());
      assertThat(group.unprotect(theirs))
          .isEqualTo(
              new Plaintext(foreign().did(), group.epoch(), Bytes.utf8("from the other side")));
      assertThat(foreign().read(group.protect(Bytes.utf8("from " + name))))
          .isEqualTo("from " + name);
    }
  }

  private void aliceAddsThem() {
    Group alice = cast.creates("alice");
    groups.put("alice", alice);
    OwnKeyPackage bob = cast.keyPackage("bob");
    PreparedCommit add = alice.add(List.of(foreign().keyPackage(), bob.published()), Cast.now());
    alice.follow(add.commit(), cast.declared("alice", add));
    foreign().join(add.welcome().orElseThrow());
    groups.put("bob", cast.joins("bob", bob, add));
    agree("alice", "bob");
  }

  @Test
  void a_group_that_we_made() {
    aliceAddsThem();

    ours("bob", groups.get("bob").update());
    agree("alice", "bob");
    theirs(foreign().commit(List.of(), List.of(), List.of()));
    agree("alice", "bob");
    ours("alice", groups.get("alice").remove(cast.dids("bob")));
    groups.remove("bob");
    agree("alice");
  }

  @Test
  void a_group_that_they_made() {
    foreign().create(Cast.GROUP);
    OwnKeyPackage alice = cast.keyPackage("alice");
    OwnKeyPackage bob = cast.keyPackage("bob");
    PreparedCommit add =
        foreign()
            .commit(
                List.of(alice.published(), bob.published()), cast.dids("alice", "bob"), List.of());
    foreign().taken();
    groups.put("alice", cast.joins("alice", alice, add));
    groups.put("bob", cast.joins("bob", bob, add));
    agree("alice", "bob");

    theirs(foreign().commit(List.of(), List.of(), cast.dids("alice")));
    assertThat(groups.remove("alice").isMember()).isFalse();
    agree("bob");
  }

  @Test
  void both_come_in_from_outside_and_come_back() {
    aliceAddsThem();
    PreparedCommit theirUpdate = foreign().commit(List.of(), List.of(), List.of());
    theirs(theirUpdate);
    OutsideJoin carol = cast.comesIn("carol", theirUpdate);
    ours("carol", carol.commit());
    groups.put("carol", carol.taken());
    agree("alice", "bob", "carol");

    OutsideJoin back = cast.comesIn("bob", carol.commit());
    ours("bob", back.commit());
    groups.put("bob", back.taken());
    agree("alice", "bob", "carol");
    theirs(foreign().comeIn(back.commit().groupInfo(), true, groups.get("alice").epoch()));
    agree("alice", "bob", "carol");
  }

  @Test
  void both_take_out_who_asked_to_leave() {
    aliceAddsThem();
    Bytes leave = groups.get("bob").leave();
    groups.values().forEach(group -> group.noteLeave(leave));
    foreign().follow(leave);
    PreparedCommit commit = foreign().commit(List.of(), List.of(), List.of());
    theirs(
        new PreparedCommit(
            commit.epoch(),
            commit.commit(),
            commit.welcome(),
            commit.groupInfo(),
            List.of(),
            cast.dids("bob"),
            false));
    assertThat(groups.remove("bob").isMember()).isFalse();
    agree("alice");

    OwnKeyPackage carol = cast.keyPackage("carol");
    PreparedCommit add = groups.get("alice").add(List.of(carol.published()), Cast.now());
    ours("alice", add);
    groups.put("carol", cast.joins("carol", carol, add));
    Bytes theirLeave = foreign().leave();
    groups.values().forEach(group -> group.noteLeave(theirLeave));
    PreparedCommit update = groups.get("carol").update();
    cast.all(groups, "carol", update);

    assertThat(groups.get("alice").members()).isEqualTo(cast.dids("alice", "carol"));
  }
}
