package io.talos.system;

import static io.talos.system.OpaqueGroup.commitBody;
import static io.talos.system.OpaqueGroup.granted;
import static io.talos.system.OpaqueGroup.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.FrameDigest;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alice, Bob and Carol are a group; Mallory is not, or not any more. */
@OnTheStack
class GroupsIT {
  private final Stack stack;
  private final Trail trail;
  private final Identity alice;
  private final Identity bob;
  private final Identity carol;
  private final Identity mallory;
  private final OpaqueGroup group;

  GroupsIT(Stack stack) {
    this.stack = stack;
    this.trail = new Trail(stack);
    this.alice = Agents.registered(stack);
    this.bob = Agents.registered(stack);
    this.carol = Agents.registered(stack);
    this.mallory = Agents.registered(stack);
    this.group = OpaqueGroup.of(stack, alice, List.of(bob, carol));
  }

  /** Everything of the group that anybody could change. */
  private List<String> state() {
    String where = " where group_id = '" + group.id() + "'";
    return Stream.of(
            "select g::text from a2a.agent_group g where id = '" + group.id() + "'",
            "select m::text from a2a.group_member m" + where,
            "select e::text from a2a.group_entry e" + where,
            "select i::text from a2a.group_invitation i" + where)
        .map(sql -> String.join("\n", stack.column(sql)))
        .toList();
  }

  private void refused(Http.Answer answer, ErrorCode code, Identity who) {
    assertThat(answer.code()).as(answer.text()).isEqualTo(code.name());
    assertThat(answer.status()).isEqualTo(code.httpStatus());
    trail.failed(Replies.request(answer), code, who.did());
  }

  private static List<Http.Answer> everything(OpaqueGroup group, Identity actor, Identity other) {
    JsonObject agent = Json.createObjectBuilder().add("agent_id", other.did()).build();
    return List.of(
        group.get(actor, ""),
        group.send("DELETE", group.path(), actor, Optional.empty()),
        group.send("PUT", group.path() + "/owner", actor, Optional.of(agent)),
        group.update(actor, 1),
        group.commit(actor, 1, List.of(actor), List.of()),
        group.join(actor, 1),
        group.leave(actor, 1),
        group.invite(actor, actor),
        group.get(actor, "/group-info"),
        group.say(actor, 1, "hello"),
        group.get(actor, "/messages"),
        group.get(actor, "/messages?cursor=AAAA"),
        group.get(actor, "/events"));
  }

  @Test
  @Threat("T-METADATA-01")
  void a_stranger_cannot_tell_a_group_from_one_that_does_not_exist() {
    List<String> before = state();

    List<Http.Answer> real = everything(group, mallory, bob);
    List<Http.Answer> made = everything(group.named(Notes.freshId().text()), mallory, bob);

    for (int i = 0; i < real.size(); i++) {
      refused(real.get(i), ErrorCode.A2A_GROUP_NOT_FOUND, mallory);
      assertThat(real.get(i).text()).isEqualTo(made.get(i).text());
      assertThat(real.get(i).status()).isEqualTo(made.get(i).status());
      assertThat(real.get(i).headers().keySet()).isEqualTo(made.get(i).headers().keySet());
    }
    assertThat(state()).isEqualTo(before);
    JsonObject hers = granted(group.send("GET", "/a2a/groups", mallory, Optional.empty())).json();
    assertThat(hers.getJsonArray("groups")).isEmpty();
  }

  @Test
  @Threat("T-KEYCOMPROMISE-02")
  void a_removed_member_reads_nothing_that_was_sent_after_its_removal() {
    granted(group.say(carol, 1, "with bob"));
    String cursor = granted(group.get(bob, "/messages")).json().getString("next_cursor");
    granted(group.commit(alice, 1, List.of(), List.of(bob)));
    granted(group.say(carol, 2, "without bob"));
    refused(group.say(carol, 1, "under old keys"), ErrorCode.A2A_GROUP_EPOCH_CONFLICT, carol);

    assertThat(group.words(bob))
        .containsExactly("welcome by commit in 0", "with bob", "commit in 1");
    JsonObject further = granted(group.get(bob, "/messages?cursor=" + cursor)).json();
    assertThat(further.getJsonArray("items")).hasSize(1);
    assertThat(
            granted(group.get(bob, "/messages?cursor=" + further.getString("next_cursor")))
                .json()
                .getJsonArray("items"))
        .isEmpty();
    refused(group.get(bob, ""), ErrorCode.A2A_GROUP_NOT_FOUND, bob);
    refused(group.say(bob, 2, "still here"), ErrorCode.A2A_GROUP_NOT_FOUND, bob);
    refused(group.get(bob, "/group-info"), ErrorCode.A2A_GROUP_NOT_FOUND, bob);
    assertThat(group.words(carol))
        .containsExactly("welcome by commit in 0", "with bob", "commit in 1", "without bob");
  }

  @Test
  void what_is_handed_out_fits_its_schemas() {
    granted(group.say(carol, 1, "words"));
    granted(group.leave(bob, 1));
    granted(group.invite(alice, mallory));
    SchemaLibrary schemas = new SchemaLibrary();

    assertThat(schemas.violations("a2a/group.v2", group.get(alice, "").json())).isEmpty();
    assertThat(schemas.violations("a2a/group_entry_page.v1", group.get(bob, "/messages").json()))
        .isEmpty();
    assertThat(schemas.violations("a2a/group_event_page.v1", group.get(bob, "/events").json()))
        .isEmpty();
    assertThat(schemas.violations("a2a/group_info.v1", group.get(mallory, "/group-info").json()))
        .isEmpty();
    Http.Answer list = group.send("GET", "/a2a/groups", bob, Optional.empty());
    assertThat(schemas.violations("a2a/group_page.v1", list.json())).isEmpty();
    Http.Answer commit = granted(group.commit(alice, 1, List.of(), List.of(bob)));
    assertThat(schemas.violations("a2a/group_commit_receipt.v1", commit.json())).isEmpty();
    assertThat(commit.json().getInt("epoch")).isEqualTo(2);
  }

  @Test
  void of_two_commits_made_in_one_epoch_one_is_taken()
      throws InterruptedException, ExecutionException {
    List<Http.Answer> answers =
        AtOnce.each(List.of(alice, bob, carol), member -> group.update(member, 1));

    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .hasSize(2)
        .allMatch(answer -> answer.code().equals("A2A_GROUP_EPOCH_CONFLICT"));
    assertThat(group.epoch(bob)).isEqualTo(2);
  }

  @Test
  void only_the_owner_adds_and_removes() {
    List<String> before = state();

    refused(
        group.commit(bob, 1, List.of(mallory), List.of()), ErrorCode.A2A_MEMBER_NOT_ALLOWED, bob);
    refused(group.commit(bob, 1, List.of(), List.of(carol)), ErrorCode.A2A_MEMBER_NOT_ALLOWED, bob);
    refused(group.invite(bob, mallory), ErrorCode.A2A_MEMBER_NOT_ALLOWED, bob);
    refused(
        group.send("DELETE", group.path(), bob, Optional.empty()),
        ErrorCode.A2A_MEMBER_NOT_ALLOWED,
        bob);
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void whoever_asked_to_leave_must_be_let_go_by_the_next_commit() {
    granted(group.leave(bob, 1));

    refused(group.say(bob, 1, "one more"), ErrorCode.A2A_GROUP_LEAVE_PENDING, bob);
    refused(group.update(alice, 1), ErrorCode.A2A_GROUP_LEAVE_PENDING, alice);
    granted(group.say(carol, 1, "farewell"));
    granted(group.commit(carol, 1, List.of(), List.of(bob)));

    assertThat(group.words(bob))
        .containsExactly("welcome by commit in 0", "let me go", "farewell", "commit in 1");
    assertThat(group.get(bob, "").status()).isEqualTo(404);
    refused(group.leave(alice, 2), ErrorCode.A2A_GROUP_STATE_INVALID, alice);
  }

  @Test
  void nobody_joins_from_outside_without_an_invitation_nor_twice_with_one() {
    refused(group.join(mallory, 1), ErrorCode.A2A_GROUP_NOT_FOUND, mallory);
    granted(group.invite(alice, mallory));
    refused(group.update(mallory, 1), ErrorCode.A2A_GROUP_NOT_FOUND, mallory);
    refused(group.get(mallory, "/messages"), ErrorCode.A2A_GROUP_NOT_FOUND, mallory);

    granted(group.join(mallory, 1));
    granted(group.say(carol, 2, "hello mallory"));
    assertThat(group.words(mallory)).containsExactly("joining in 1", "hello mallory");
    granted(group.commit(alice, 2, List.of(), List.of(mallory)));
    refused(group.join(mallory, 3), ErrorCode.A2A_GROUP_NOT_FOUND, mallory);
  }

  @Test
  void whoever_waits_is_answered_as_soon_as_something_comes()
      throws InterruptedException, ExecutionException {
    String cursor = granted(group.get(bob, "/messages")).json().getString("next_cursor");

    List<Http.Answer> answers =
        AtOnce.each(
            List.of(true, false),
            waits ->
                waits
                    ? group.get(bob, "/messages?wait=25&cursor=" + cursor)
                    : group.say(carol, 1, "you waited for this"));

    JsonObject page = granted(answers.get(0)).json();
    assertThat(page.getJsonArray("items")).hasSize(1);
    Http.Answer none =
        granted(group.get(bob, "/messages?wait=1&cursor=" + page.getString("next_cursor")));
    assertThat(none.json().getJsonArray("items")).isEmpty();
    refused(group.get(bob, "/messages?wait=31"), ErrorCode.TALOS_INVALID_INPUT, bob);
    refused(group.get(mallory, "/messages?wait=25"), ErrorCode.A2A_GROUP_NOT_FOUND, mallory);
  }

  @Test
  void a_member_that_lost_its_state_comes_back_from_outside() {
    granted(
        group.post(
            bob, "/commits", commitBody(1, "coming back", List.of(bob), List.of(bob), true)));
    granted(group.say(carol, 2, "there you are"));

    assertThat(group.words(bob)).containsExactly("coming back", "there you are");
    assertThat(granted(group.get(bob, "")).json().getJsonArray("members")).hasSize(3);
  }

  @Test
  void a_member_that_was_away_for_many_epochs_reads_them_all_in_order() {
    for (long epoch = 1; epoch <= 60; epoch++) {
      granted(group.update(epoch % 2 == 0 ? alice : carol, epoch));
    }

    List<JsonObject> entries = group.entries(bob);

    assertThat(entries)
        .extracting(entry -> entry.getInt("position"))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 61).boxed().toList());
    assertThat(entries.get(60).getInt("epoch")).isEqualTo(60);
  }

  @Test
  void what_all_have_acknowledged_goes_and_what_one_has_not_stays() {
    granted(group.say(carol, 1, "words"));
    for (Identity reader : List.of(alice, bob, carol)) {
      String cursor = granted(group.get(reader, "/messages")).json().getString("next_cursor");
      granted(group.get(reader, "/messages?cursor=" + cursor));
    }
    granted(group.say(carol, 1, "unread"));

    Patiently.until("what was read is gone", () -> positions().equals(List.of("3")));
    refused(group.get(bob, "/messages"), ErrorCode.A2A_GROUP_ENTRIES_GONE, bob);
  }

  private List<String> positions() {
    return stack.column(
        "select position from a2a.group_entry where group_id = '"
            + group.id()
            + "' order by position");
  }

  @Test
  @Threat("T-AUDITTAMPERING-01")
  void the_history_is_a_chain_that_a_member_can_check_and_the_log_has_its_digests() {
    granted(group.invite(alice, mallory));
    granted(group.commit(alice, 1, List.of(), List.of(bob)));

    List<JsonObject> events = group.events(carol);

    Optional<String> before = Optional.empty();
    for (JsonObject event : events) {
      assertThat(Optional.ofNullable(event.getString("previous_digest", null))).isEqualTo(before);
      assertThat(FrameDigest.ofEvent(event)).isEqualTo(event.getString("event_digest"));
      before = Optional.of(event.getString("event_digest"));
    }
    JsonObject head = granted(group.get(carol, "")).json();
    assertThat(head.getString("event_digest")).isEqualTo(before.orElseThrow());
    assertThat(head.getInt("event_count")).isEqualTo(events.size());
    List<JsonObject> committed =
        trail.events("kind = 'group.committed' and event like '%" + group.id() + "%'");
    assertThat(committed.get(committed.size() - 1).getJsonObject("meta").getString("event_digest"))
        .isEqualTo(before.orElseThrow());
  }

  @Test
  @Threat("T-METADATA-01")
  void the_log_holds_sizes_and_digests_and_no_word_of_what_was_sent() {
    String words = "the word is " + Notes.freshId();
    granted(group.say(carol, 1, words));

    List<JsonObject> events =
        trail.events("kind = 'group.message_accepted' and event like '%" + group.id() + "%'");
    assertThat(events).hasSize(1);
    JsonObject meta = events.get(0).getJsonObject("meta");
    assertThat(meta.getString("message_hash")).isEqualTo(Sha256.hex(Bytes.utf8(words)));
    assertThat(meta.getInt("message_bytes")).isEqualTo(words.length());
    for (String form : List.of(words, text(words))) {
      assertThat(stack.count("select count(*) from audit.event where event like '%" + form + "%'"))
          .isZero();
      assertThat(
              stack.count(
                  "select count(*) from audit.evidence e where e::text like '%" + form + "%'"))
          .isZero();
    }
  }

  @Test
  void a_revoked_agent_neither_reads_nor_sends_and_any_member_may_remove_it() {
    granted(group.update(bob, 1));
    Http http = stack.http();
    granted(
        http.send(
            http.request("DELETE", "/identity/agents/" + bob.did()).bearer(stack.operatorToken())));

    assertThat(group.get(bob, "/messages").status()).isEqualTo(401);
    assertThat(group.say(bob, 2, "still here").status()).isEqualTo(401);
    granted(group.commit(carol, 2, List.of(), List.of(bob)));
  }

  private JsonObject packages(int from, int count) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    IntStream.range(from, from + count).forEach(i -> array.add(text("package " + i)));
    return Json.createObjectBuilder().add("key_packages", array).build();
  }

  private Http.Answer publish(Identity owner, JsonObject body) {
    return group.send("PUT", "/a2a/key-packages", owner, Optional.of(body));
  }

  private Http.Answer claim(Identity claimer, Identity owner) {
    return group.send(
        "POST",
        "/a2a/key-packages/claim",
        claimer,
        Optional.of(Json.createObjectBuilder().add("agent_id", owner.did()).build()));
  }

  @Test
  @Threat("T-KEYCOMPROMISE-01")
  void a_key_package_is_handed_out_once_however_many_ask_at_once()
      throws InterruptedException, ExecutionException {
    granted(publish(bob, packages(0, 11)));
    List<Identity> claimers =
        Stream.concat(
                Stream.of(alice, carol, mallory, mallory, mallory),
                IntStream.range(0, 10).mapToObj(i -> Agents.registered(stack)))
            .toList();

    List<Http.Answer> answers = AtOnce.each(claimers, claimer -> claim(claimer, bob));

    List<String> given =
        answers.stream()
            .filter(answer -> answer.status() == 200)
            .map(answer -> answer.json().getString("key_package"))
            .toList();
    assertThat(given).hasSize(11).doesNotHaveDuplicates();
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .allMatch(answer -> answer.code().equals("A2A_KEY_PACKAGE_NOT_FOUND"));
    refused(publish(bob, packages(5, 1)), ErrorCode.A2A_KEY_PACKAGE_INVALID, bob);
    JsonValue stock = granted(group.send("GET", "/a2a/key-packages", bob, Optional.empty())).json();
    assertThat(new SchemaLibrary().violations("a2a/key_package_stock.v1", stock)).isEmpty();
    assertThat(stock.asJsonObject().getInt("available")).isZero();
    assertThat(stock.asJsonObject().getBoolean("low_stock")).isTrue();
  }

  @Test
  void one_caller_gets_five_key_packages_and_then_the_last_resort() {
    JsonObject body =
        Json.createObjectBuilder(packages(0, 10)).add("last_resort", text("last")).build();
    granted(publish(bob, body));
    for (int i = 0; i < 5; i++) {
      assertThat(granted(claim(mallory, bob)).json().getBoolean("last_resort")).isFalse();
    }

    JsonObject sixth = granted(claim(mallory, bob)).json();
    assertThat(sixth.getString("key_package")).isEqualTo(text("last"));
    assertThat(sixth.getBoolean("last_resort")).isTrue();
    assertThat(granted(claim(alice, bob)).json().getBoolean("last_resort")).isFalse();
  }
}
