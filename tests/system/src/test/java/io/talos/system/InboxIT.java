package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.Reply;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Frames are to be lost, doubled or brought back between a sender and its recipient's inbox. */
@OnTheStack
class InboxIT {
  private static final int SENDERS = 20;
  private static final int EACH = 8;
  private static final int TURNS_MAX = 2000;

  private final Stack stack;
  private final Trail trail;

  InboxIT(Stack stack) {
    this.stack = stack;
    this.trail = new Trail(stack);
  }

  /** Sessions of fresh agents with one Bob. */
  private List<Channel> sendersTo(Identity bob, int count) {
    List<Channel> channels = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Identity alice = Agents.registered(stack);
      Channel channel =
          Replies.value(stack.client().agent(alice).sessions().open(Did.parse(bob.did())));
      Replies.granted(
          stack.client().agent(bob).sessions().accept(channel.session(), Did.parse(alice.did())));
      channels.add(channel);
    }
    return channels;
  }

  @Test
  void twenty_senders_at_once_and_a_reader_who_never_goes_back_miss_no_frame()
      throws InterruptedException, ExecutionException {
    Identity bob = Talk.withPrekeys(stack);
    List<Channel> channels = sendersTo(bob, SENDERS);
    Set<String> sent = Collections.synchronizedSet(new HashSet<>());
    AtomicInteger busy = new AtomicInteger(SENDERS);
    ExecutorService reader = Executors.newSingleThreadExecutor();
    try {
      Future<List<JsonObject>> read = reader.submit(() -> readOn(Inbox.of(stack, bob), busy, sent));
      AtOnce.each(
          channels,
          channel -> {
            for (int i = 0; i < EACH; i++) {
              Frame frame = channel.seal(Bytes.utf8("word " + i));
              submitted(channel, frame);
              sent.add(frame.content().frameDigest());
            }
            return busy.decrementAndGet();
          });

      Inbox.Page all = new Inbox.Page(read.get(), "");
      assertThat(all.digests()).doesNotHaveDuplicates().hasSize(SENDERS * EACH);
      assertThat(new HashSet<>(all.digests())).isEqualTo(sent);
      assertThat(all.positions())
          .containsExactlyElementsOf(LongStream.rangeClosed(1, SENDERS * EACH).boxed().toList());
    } finally {
      busy.set(0);
      reader.shutdownNow();
    }
  }

  /** Sends until it is taken: twenty at once may have to wait for each other for too long. */
  private static void submitted(Channel channel, Frame frame) {
    Patiently.until(
        "the frame is taken",
        () -> {
          Reply<JsonObject> reply = channel.submit(frame);
          if (reply instanceof Reply.Refused<JsonObject> refused) {
            assertThat(refused.refusal().code()).isEqualTo("A2A_LOCK_CONTENTION");
            return false;
          }
          return true;
        });
  }

  /** Reads on with the cursor of the page before, never again from an older one. */
  private static List<JsonObject> readOn(Inbox inbox, AtomicInteger busy, Set<String> sent) {
    List<JsonObject> items = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    for (int turn = 0; turn < TURNS_MAX; turn++) {
      boolean over = busy.get() == 0;
      Inbox.Page page = inbox.page(cursor);
      items.addAll(page.items());
      cursor = Optional.of(page.cursor());
      if (over && page.items().isEmpty()) {
        return items;
      }
    }
    throw new AssertionError("the reader never came to an end, of " + sent.size());
  }

  @Test
  @Threat("T-REPLAY-01")
  void what_was_acknowledged_leaves_the_server_and_does_not_come_back() {
    Talk talk = Talk.begun(stack);
    Inbox inbox = Inbox.of(stack, talk.bob());
    Frame first = talk.alices().seal(Bytes.utf8("first"));
    Frame second = talk.alices().seal(Bytes.utf8("second"));
    Replies.granted(talk.alices().submit(first));
    String cursor = inbox.page(Optional.empty()).cursor();
    Replies.granted(talk.alices().submit(second));

    assertThat(inbox.acknowledge(cursor).json().getString("cursor")).isEqualTo(cursor);
    assertThat(inbox.acknowledge(cursor).status()).isEqualTo(200);

    String session = "session_id = '" + talk.session() + "'";
    Patiently.until(
        "the sweeper came by",
        () ->
            stack.count(
                    "select count(*) from a2a.frame where ciphertext is null and header is null"
                        + " and sender_seq = 0 and "
                        + session)
                == 1);
    assertThat(
            stack.count("select count(*) from a2a.frame where ciphertext is null and " + session))
        .isEqualTo(1);
    assertThat(inbox.page(Optional.empty()).digests())
        .containsExactly(second.content().frameDigest());
    Replies.refused(talk.alices().submit(first), ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    assertThat(
            stack.column(
                "select unread_frames || ' ' || unread_bytes from a2a.inbox where agent_id = '"
                    + talk.bob().did()
                    + "'"))
        .containsExactly("1 " + second.content().ciphertext().size());
  }

  @Test
  void a_cursor_of_another_or_an_altered_one_neither_reads_nor_acknowledges() {
    Talk talk = Talk.begun(stack);
    Replies.granted(talk.alices().send(Bytes.utf8("for Bob")));
    String bobs = Inbox.of(stack, talk.bob()).page(Optional.empty()).cursor();
    Inbox mallorys = Inbox.of(stack, Agents.registered(stack));

    Http.Answer acknowledged = mallorys.acknowledge(bobs);
    Http.Answer read = mallorys.get("?cursor=" + bobs);
    Http.Answer altered =
        Inbox.of(stack, talk.bob())
            .get("?cursor=" + (bobs.charAt(0) == 'A' ? "B" : "A") + bobs.substring(1));

    for (Http.Answer answer : List.of(acknowledged, read, altered)) {
      assertThat(answer.code()).as(answer.text()).isEqualTo("TALOS_INVALID_CURSOR");
    }
    trail.failed(
        Replies.request(acknowledged), ErrorCode.TALOS_INVALID_CURSOR, mallorys.owner().did());
    assertThat(Inbox.of(stack, talk.bob()).page(Optional.empty()).items()).hasSize(1);
  }

  @Test
  void a_writer_waits_for_the_one_before_it_but_not_for_ever() throws Exception {
    Talk talk = Talk.begun(stack);
    Frame frame = talk.alices().seal(Bytes.utf8("patience"));
    try (Connection other = stack.owner()) {
      lock(other, "pg_advisory_lock", talk);

      Replies.refused(talk.alices().submit(frame), ErrorCode.A2A_LOCK_CONTENTION);

      ExecutorService thread = Executors.newSingleThreadExecutor();
      try {
        Future<Reply<JsonObject>> waiting = thread.submit(() -> talk.alices().submit(frame));
        Patiently.until(
            "it waits for the lock",
            () ->
                waiting.isDone()
                    || stack.count(
                            "select count(*) from pg_locks where locktype = 'advisory'"
                                + " and not granted")
                        > 0);
        lock(other, "pg_advisory_unlock", talk);
        Replies.granted(waiting.get());
      } finally {
        thread.shutdownNow();
      }
    }
    assertThat(Inbox.of(stack, talk.bob()).page(Optional.empty()).items()).hasSize(1);
  }

  private static void lock(Connection connection, String function, Talk talk) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select " + function + "(hashtextextended(?, 0))")) {
      statement.setString(1, "talos.a2a.session:" + talk.session());
      statement.executeQuery().close();
    }
  }

  @Test
  void a_full_inbox_takes_nothing_more_and_gives_what_it_has() {
    Talk talk = Talk.begun(stack);
    Replies.granted(talk.alices().send(Bytes.utf8("first")));
    String inbox =
        "update a2a.inbox set unread_frames = unread_frames + %s where agent_id = '%s'"
            + " returning agent_id";
    stack.column(inbox.formatted("9999", talk.bob().did()));
    Frame next = talk.alices().seal(Bytes.utf8("too much"));

    var refused = Replies.refused(talk.alices().submit(next), ErrorCode.A2A_INBOX_FULL);

    trail.failed(Replies.request(refused), ErrorCode.A2A_INBOX_FULL, talk.alice().did());
    assertThat(Inbox.of(stack, talk.bob()).page(Optional.empty()).items()).hasSize(1);
    stack.column(inbox.formatted("-9999", talk.bob().did()));
    Replies.granted(talk.alices().submit(next));
    assertThat(Inbox.of(stack, talk.bob()).page(Optional.empty()).positions())
        .containsExactly(1L, 2L);
  }

  @Test
  void two_nodes_give_one_order_and_know_each_others_cursors(TwoNodes nodes)
      throws InterruptedException, ExecutionException {
    Identity bob = Talk.withPrekeys(stack);
    List<Channel> channels = sendersTo(bob, 6);
    AtOnce.each(
        channels,
        channel -> Replies.granted(channel.send(Bytes.utf8(Randomness.secure().bytes(8).hex()))));

    Inbox.Page first = new Inbox(stack, nodes.first(), bob).page(Optional.empty());
    Inbox.Page second = new Inbox(stack, nodes.second(), bob).page(Optional.empty());

    assertThat(second.digests()).isEqualTo(first.digests()).hasSize(6);
    assertThat(new Inbox(stack, nodes.second(), bob).acknowledge(first.cursor()).status())
        .isEqualTo(200);
    assertThat(new Inbox(stack, nodes.first(), bob).page(Optional.empty()).items()).isEmpty();
  }
}
