package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Channel;
import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.OperatorClient;
import io.talos.client.Reply;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.Watched;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server is killed in the middle of its work; what it acknowledged must still be true. */
@OnTheSpareStack
@Threat("T-AUDITTAMPERING-01")
class KilledServerIT {
  /** 3 in every build, 10 in CI ({@code -Dtalos.kills}), 100 with {@code -Pproof}. */
  private static final int KILLS = Counts.of(Integer.getInteger("talos.kills", 3), 100);

  private static final int CALLERS_OF_A_KIND = 2;
  private static final int ACKNOWLEDGED_BEFORE_A_KILL = 15;
  private static final int WORK_MAX = 5000;

  private final Stack stack;

  KilledServerIT(Stack stack) {
    this.stack = stack;
  }

  @AfterEach
  void the_server_runs_again() {
    if (!stack.launcher().liberty().isRunning()) {
      stack.launcher().liberty().start();
    }
  }

  /** What the server said that it had done; the server's word is held against it afterwards. */
  private static final class Acknowledged {
    private final String word = Randomness.secure().bytes(8).hex();
    private final Set<String> agents = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> frames = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> notes = Collections.synchronizedSet(new HashSet<>());
    private final Set<String> admissions = Collections.synchronizedSet(new HashSet<>());

    private boolean enoughOfEach(int count) {
      return agents.size() >= count && frames.size() >= count && notes.size() >= count;
    }

    private void add(Set<String> kind, String what, Reply<?> reply) {
      if (reply instanceof Reply.Granted) {
        admissions.add(Replies.admission(reply).text());
        kind.add(what);
      }
    }
  }

  /** Something that is done over and over until the server is gone. */
  private interface Work {
    void once(int number);
  }

  private static Runnable repeated(Work work, AtomicBoolean stop) {
    return () -> {
      try {
        for (int i = 0; i < WORK_MAX && !stop.get(); i++) {
          work.once(i);
        }
      } catch (RuntimeException killed) {
        // The connection broke: nothing was acknowledged, and nothing is claimed about it.
        stop.set(true);
      }
    };
  }

  private Work registrations(Acknowledged done) {
    return number -> {
      Identity agent = Identity.generate(Randomness.secure());
      done.add(done.agents, agent.did(), stack.client().agent(agent).register(Optional.empty()));
    };
  }

  private static Work frames(Acknowledged done, Channel channel) {
    return number -> {
      String text = channel.session() + " frame " + number;
      done.add(done.frames, text, channel.send(Bytes.utf8(text)));
    };
  }

  private static Work calls(Acknowledged done, McpSession session, String prefix) {
    return number -> {
      String note = prefix + "-" + number % 20;
      Reply<McpSession.ToolResult> reply =
          session.callTool(Notes.WRITE, Notes.note(note, done.word));
      done.add(done.notes, note, reply);
    };
  }

  /** Works in every way at once, and kills the server while it is at it. */
  private Acknowledged workAndKill(List<Talk> talks, Identity bob, UnverifiedCapability bobs)
      throws InterruptedException {
    Acknowledged done = new Acknowledged();
    AtomicBoolean stop = new AtomicBoolean();
    List<Runnable> work = new ArrayList<>();
    for (int i = 0; i < CALLERS_OF_A_KIND; i++) {
      work.add(repeated(registrations(done), stop));
      work.add(repeated(frames(done, talks.get(i).alices()), stop));
      McpSession session = stack.notes().session(bob, bobs);
      work.add(repeated(calls(done, session, "killed-" + i), stop));
    }
    ExecutorService threads = Executors.newFixedThreadPool(work.size());
    work.forEach(threads::execute);
    Patiently.until("enough is acknowledged", () -> done.enoughOfEach(ACKNOWLEDGED_BEFORE_A_KILL));

    stack.launcher().liberty().kill();

    stop.set(true);
    threads.shutdown();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    return done;
  }

  private List<Talk> talks() {
    List<Talk> talks = new ArrayList<>();
    for (int i = 0; i < CALLERS_OF_A_KIND; i++) {
      talks.add(Talk.begun(stack));
    }
    return talks;
  }

  @Test
  void after_every_kill_everything_that_was_acknowledged_is_there_and_the_log_only_grew()
      throws InterruptedException {
    Identity bob = Agents.registered(stack);
    UnverifiedCapability bobs = stack.notes().grant(bob, 0);
    settled();
    Watched seen = Recheck.fromEvents(stack);
    long sizeBefore = seen.size();

    for (int kill = 0; kill < KILLS; kill++) {
      List<Talk> talks = talks();
      Acknowledged done = workAndKill(talks, bob, bobs);
      stack.launcher().liberty().start();

      assertThat(stack.column("select did from identity.agent")).containsAll(done.agents);
      Set<String> fetched = new HashSet<>();
      talks.forEach(talk -> drain(talk, fetched));
      assertThat(fetched).containsAll(done.frames);
      assertThat(stack.column("select event_id::text from audit.event"))
          .containsAll(done.admissions);
      try (McpSession session = stack.notes().session(bob, bobs)) {
        done.notes.forEach(
            note ->
                assertThat(Replies.value(session.callTool(Notes.READ, Notes.id(note))).text())
                    .isEqualTo(done.word));
      }
      theRecordIsWhole();
      seen = followed(seen);
    }
    assertThat(Recheck.fromEvents(stack).size()).isGreaterThan(sizeBefore);
    Proofs.tell("kills of a server under load, log watched and computed again", KILLS);
  }

  /** Somebody outside follows the log over the kill: it only grew, and no number is missing. */
  private Watched followed(Watched seen) {
    return new LogWatch(Optional.empty())
        .look(seen, stack.client().log(seen.log()), Notes.now())
        .match(
            Look.Holds::now,
            alarm -> {
              throw new AssertionError(alarm.code() + ": " + alarm.why());
            });
  }

  private void settled() {
    Patiently.until(
        "no event waits for the log", () -> stack.count("select count(*) from audit.outbox") == 0);
  }

  private static void drain(Talk talk, Set<String> fetched) {
    List<Channel.Message> page = Replies.value(talk.bobs().receive());
    while (!page.isEmpty()) {
      page.forEach(message -> fetched.add(message.plaintext().utf8()));
      page = Replies.value(talk.bobs().receive());
    }
  }

  /** Every change has its event, every event its leaf, every leaf its place. */
  private void theRecordIsWhole() {
    settled();
    assertThat(
            stack.count(
                "select count(*) from audit.event e where not exists"
                    + " (select 1 from audit.leaf l where l.event_id = e.event_id)"))
        .isZero();
    assertThat(
            stack.column(
                "select log_id from audit.leaf group by log_id having count(*) <> max(log_seq) +"
                    + " 1"))
        .isEmpty();
    assertThat(
            stack.column(
                "select did from identity.agent except select event::json -> 'resource' ->> 'id'"
                    + " from audit.event where kind = 'agent.registered'"))
        .isEmpty();
    assertThat(
            stack.column(
                "select event::json -> 'resource' ->> 'id' from audit.event"
                    + " where kind = 'agent.registered' except select did from identity.agent"))
        .isEmpty();
    assertThat(stack.count("select count(*) from a2a.frame"))
        .isEqualTo(stack.count("select count(*) from audit.event where kind = 'frame.accepted'"));
  }

  @Test
  void a_call_that_the_server_died_over_is_open_at_first_and_then_closed_as_unknown()
      throws IOException, InterruptedException {
    Identity bob = Agents.registered(stack);
    try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      String server = "silent-" + Notes.freshId();
      Replies.granted(
          stack
              .operator()
              .registerMcpServer(
                  server,
                  URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/mcp"),
                  Optional.empty()));
      UnverifiedCapability bobs = forServer(bob, server);
      AtomicInteger answers = new AtomicInteger();
      Thread call = new Thread(() -> callInVain(bob, server, bobs, answers));
      call.start();
      Patiently.until("the call is admitted", () -> openAdmissions(bob).size() == 1);

      stack.launcher().liberty().kill();
      call.join();
      assertThat(answers.get()).isZero();
      List<String> open = openAdmissions(bob);
      assertThat(open).hasSize(1);
      stack.launcher().liberty().start();

      Patiently.until("it is closed", () -> openAdmissions(bob).isEmpty());
      List<JsonObject> outcomes =
          new Trail(stack)
              .events("kind = 'request.finished' and admission_id = '" + open.get(0) + "'");
      assertThat(outcomes).hasSize(1);
      assertThat(outcomes.get(0).getString("result")).isEqualTo("unknown");
      assertThat(outcomes.get(0).getJsonObject("principal").getString("kind")).isEqualTo("system");
    }
  }

  private void callInVain(
      Identity bob, String server, UnverifiedCapability bobs, AtomicInteger answers) {
    try {
      stack.client().agent(bob).mcp(server, bobs);
      answers.incrementAndGet();
    } catch (RuntimeException killed) {
      // As it must be: nobody was there to answer.
    }
  }

  private List<String> openAdmissions(Identity agent) {
    return stack.column(
        "select o.event_id::text from audit.open_admission o join audit.event e using (event_id)"
            + " where e.principal_id = '"
            + agent.did()
            + "'");
  }

  private UnverifiedCapability forServer(Identity bob, String server) {
    return Replies.value(
        stack
            .operator()
            .grant(
                new OperatorClient.Grant(
                    Did.parse(bob.did()),
                    List.of(Scope.ofTool(server)),
                    Notes.now().plusSeconds(600),
                    0,
                    OptionalLong.empty())));
  }
}
