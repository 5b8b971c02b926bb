package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.AgentClient;
import io.talos.client.GroupNews;
import io.talos.client.GroupSession;
import io.talos.client.Groups;
import io.talos.client.Identity;
import io.talos.client.groups.Declared;
import io.talos.client.groups.Group;
import io.talos.client.groups.LeafOwner;
import io.talos.client.groups.OwnKeyPackage;
import io.talos.client.groups.PreparedCommit;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Agents talk in groups through a real server, with the SDK; one of them lies. */
@OnTheStack
class GroupConversationIT {
  private final Stack stack;
  private final Identity alice;
  private final Identity bob;
  private final Identity carol;

  GroupConversationIT(Stack stack) {
    this.stack = stack;
    this.alice = Agents.registered(stack);
    this.bob = Agents.registered(stack);
    this.carol = Agents.registered(stack);
  }

  private AgentClient agent(Identity identity) {
    return stack.client().agent(identity);
  }

  private static Did did(Identity identity) {
    return Did.parse(identity.did());
  }

  private static List<String> read(GroupSession session) {
    return Replies.value(session.receive()).messages().stream()
        .map(message -> message.content().utf8())
        .toList();
  }

  @Test
  void members_come_go_are_lost_and_read_each_other_and_nothing_after_they_are_gone() {
    Groups bobs = agent(bob).groups();
    Replies.granted(bobs.publishKeyPackages(2));
    GroupSession ofAlice = Replies.value(agent(alice).groups().create(Optional.of("friends")));
    Replies.granted(ofAlice.add(List.of(did(bob))));
    UuidV7 id = new UuidV7(ofAlice.id());
    GroupSession ofBob = Replies.value(bobs.join(id));
    Replies.granted(ofAlice.invite(did(carol)));
    GroupSession ofCarol = Replies.value(agent(carol).groups().comeBack(id));

    Replies.granted(ofAlice.send(Bytes.utf8("to both")));
    Replies.granted(ofCarol.send(Bytes.utf8("from carol")));
    assertThat(read(ofBob)).containsExactly("to both", "from carol");
    assertThat(read(ofCarol)).containsExactly("to both");

    // Bob's process ends; all that is left of him is his identity.
    GroupSession again = Replies.value(agent(bob).groups().comeBack(id));
    Replies.granted(again.send(Bytes.utf8("back")));
    assertThat(read(ofAlice)).containsExactly("from carol", "back");

    Replies.granted(ofCarol.leave());
    Replies.granted(again.update());
    Replies.granted(ofAlice.send(Bytes.utf8("without carol")));
    assertThat(read(ofCarol)).containsExactly("back");
    assertThat(ofCarol.isMember()).isFalse();
    assertThat(read(again)).containsExactly("without carol");
    assertThat(again.epochAuthenticator()).isEqualTo(ofAlice.epochAuthenticator());
    assertThat(again.members()).containsExactlyInAnyOrder(did(alice), did(bob));
  }

  @Test
  void an_owner_that_smuggles_a_member_past_the_list_is_found_out() {
    Groups bobs = agent(bob).groups();
    Replies.granted(bobs.publishKeyPackages(1));
    Bytes ofBob =
        Base64Url.decode(
            posted(
                    "/a2a/key-packages/claim",
                    Json.createObjectBuilder().add("agent_id", bob.did()).build())
                .getString("key_package"));
    UuidV7 id =
        new UuidV7(posted("/a2a/groups", JsonObject.EMPTY_JSON_OBJECT).getString("group_id"));
    Group group =
        Group.create(
            new LeafOwner(did(alice), alice.signing()),
            Bytes.utf8(id.text()),
            did -> Replies.value(stack.client().keyHistory(did)),
            Randomness.secure(),
            Instant.now());
    PreparedCommit first = group.add(List.of(ofBob), Instant.now());
    posted("/a2a/groups/" + id + "/commits", body(first, first.added()));
    group.follow(
        first.commit(), new Declared(did(alice), first.added(), List.of(), false, Instant.now()));
    GroupSession session = Replies.value(bobs.join(id));
    Bytes before = session.epochAuthenticator();
    OwnKeyPackage smuggled =
        OwnKeyPackage.generate(
            new LeafOwner(did(carol), carol.signing()), Randomness.secure(), Instant.now());

    PreparedCommit second = group.add(List.of(smuggled.published()), Instant.now());
    posted("/a2a/groups/" + id + "/commits", body(second, List.of()));

    assertThatThrownBy(session::receive)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.A2A_GROUP_ROSTER_MISMATCH));
    assertThat(session.epochAuthenticator()).isEqualTo(before);
    assertThat(session.members()).containsExactlyInAnyOrder(did(alice), did(bob));
  }

  @Test
  void members_that_commit_at_once_end_in_one_history()
      throws InterruptedException, ExecutionException {
    Groups bobs = agent(bob).groups();
    Replies.granted(bobs.publishKeyPackages(1));
    GroupSession ofAlice = Replies.value(agent(alice).groups().create(Optional.empty()));
    Replies.granted(ofAlice.add(List.of(did(bob))));
    GroupSession ofBob = Replies.value(bobs.join(new UuidV7(ofAlice.id())));

    AtOnce.each(List.of(ofAlice, ofBob), session -> Replies.granted(session.update()));

    GroupNews news = Replies.value(ofAlice.receive());
    Replies.value(ofBob.receive());
    assertThat(news.unreadable()).isEmpty();
    assertThat(ofAlice.epochAuthenticator()).isEqualTo(ofBob.epochAuthenticator());
    assertThat(ofAlice.epoch()).isEqualTo(3);
  }

  private JsonObject posted(String path, JsonObject body) {
    return Replies.value(
            stack
                .client()
                .send(
                    agent(alice)
                        .prepare("POST", path, Optional.empty(), Bytes.utf8(body.toString()))))
        .json();
  }

  private static JsonObject body(PreparedCommit commit, List<Did> added) {
    var dids = Json.createArrayBuilder();
    added.forEach(did -> dids.add(did.text()));
    var body =
        Json.createObjectBuilder()
            .add("epoch", commit.epoch())
            .add("commit", Base64Url.encode(commit.commit()))
            .add("group_info", Base64Url.encode(commit.groupInfo()))
            .add("added", dids)
            .add("removed", Json.createArrayBuilder())
            .add("external", false);
    if (!added.isEmpty()) {
      body.add("welcome", Base64Url.encode(commit.welcome().orElseThrow()));
    }
    return body.build();
  }
}
