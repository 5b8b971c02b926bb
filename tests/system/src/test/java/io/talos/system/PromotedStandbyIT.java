package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.Identity;
import io.talos.client.ListedLog;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.Watched;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.Threat;
import io.talos.launcher.LibertyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The primary is gone, and the standby that takes its place lacks what was published already. Two
 * nodes run on; nobody restarts them.
 */
@Beside
@Threat("T-AUDITTAMPERING-01")
class PromotedStandbyIT {
  private static final String NAME = "system-tests-failover";
  private static final int PORT_OFFSET = 12_000;
  private static final String DURABILITY = "TALOS_AUDIT_DURABILITY";
  private static final Map<String, String> ASYNC = Map.of(DURABILITY, "async");

  private static Stack stack;

  @TempDir Path folder;

  @BeforeAll
  static void a_stack_of_two_nodes() throws IOException {
    Path data = Path.of(System.getProperty("talos.root"), ".talos", NAME);
    if (Files.exists(data)) {
      try (Stream<Path> files = Files.walk(data)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    stack = Stack.alone(NAME, PORT_OFFSET, Map.of(DURABILITY, "standby"));
  }

  @AfterAll
  static void stop() {
    stack.close();
  }

  private static UuidV7 act(Identity bob) {
    return Replies.admission(Replies.granted(stack.client().agent(bob).whoami()));
  }

  private static void settled() {
    Patiently.until(
        "no event waits for the log", () -> stack.count("select count(*) from audit.outbox") == 0);
  }

  private static Bytes bundle(Identity bob, UuidV7 event) {
    return Replies.value(
        stack.client().agent(bob).audit().awaitBundle(event, OptionalLong.empty()));
  }

  private static void assertProved(NoteKey log, Bytes bundle) {
    assertThat(new BundleVerifier(log).verify(bundle)).isInstanceOf(Verification.Verified.class);
  }

  private static Watched watched(Watched before) {
    return new LogWatch(Optional.empty())
        .look(before, stack.client().log(before.log()), Notes.now())
        .match(
            Look.Holds::now,
            alarm -> {
              throw new AssertionError(alarm.code() + ": " + alarm.why());
            });
  }

  /** What is watched once the log has more entries than {@code size}. */
  private static Watched grown(Watched before, long size) {
    Patiently.until("more than " + size + " entries", () -> watched(before).size() > size);
    return watched(before);
  }

  private static void synchronousStandby(String name) {
    stack.asSuperuser(
        "alter system set synchronous_standby_names = '" + name + "'", "select pg_reload_conf()");
  }

  private static long served() {
    return Checkpoint.parse(Replies.value(stack.client().checkpoint()).text()).size();
  }

  /** With {@code standby} nothing is given out that a promoted standby could lack. */
  private static void nothingIsPublishedThatTheStandbyLacks() {
    Identity bob = Agents.registered(stack);
    long nobodys = served();
    act(bob);
    settled();
    assertThat(served()).as("there is no synchronous standby yet").isEqualTo(nobodys);

    synchronousStandby("talos_replica");
    Patiently.until("what waited is published", () -> served() > nobodys);
    UuidV7 first = act(bob);
    bundle(bob, first);

    synchronousStandby("");
    Patiently.until(
        "commits wait no longer",
        () ->
            stack.countAsSuperuser(
                    "select count(*) from pg_stat_replication where sync_state = 'sync'")
                == 0);
    stack.launcher().postgres().stopReplica();
    long before = served();
    UuidV7 second = act(bob);
    settled();
    assertThat(stack.count("select max(size) from audit.checkpoint")).isGreaterThan(before);
    assertThat(served()).isEqualTo(before);
    Replies.refused(
        stack.client().agent(bob).audit().bundle(second, OptionalLong.empty()),
        ErrorCode.AUDIT_PROOF_PENDING);

    stack.launcher().postgres().startReplica();
    synchronousStandby("talos_replica");
    bundle(bob, second);
    synchronousStandby("");
  }

  private static Http.Answer operator(String method, String path) {
    Http http = stack.http();
    return http.send(http.request(method, path).bearer(stack.operatorToken()));
  }

  /** Who knew the old key is shown by it which one signs now, and the watch goes on. */
  private static void theLogChangesItsKey(Identity bob) {
    NoteKey old = Replies.value(stack.client().logKey());
    Watched before = watched(Watched.nothing(old, Notes.now()));
    assertThat(stack.http().send(stack.http().request("POST", "/audit/log-keys")).status())
        .isEqualTo(401);
    assertThat(operator("POST", "/audit/log-keys").status()).isEqualTo(201);
    Bytes both = bundle(bob, act(bob));
    NoteKey fresh = Replies.value(stack.client().logKey());
    assertThat(fresh).isNotEqualTo(old);
    assertProved(old, both);
    assertProved(fresh, both);
    Http.Answer retired = operator("DELETE", "/audit/log-keys/" + old.id().hex());
    assertThat(retired.status()).as(retired.text()).isEqualTo(200);

    Bytes alone = bundle(bob, act(bob));

    assertProved(fresh, alone);
    assertThat(new BundleVerifier(old).verify(alone)).isInstanceOf(Verification.Refused.class);
    LogKeys known = LogKeys.of(old).joined(stack.client().log(old).keyProofs());
    assertThat(known.all()).containsExactly(old, fresh);
    assertThat(new BundleVerifier(known).verify(alone)).isInstanceOf(Verification.Verified.class);
    assertThat(watched(before).log()).isEqualTo(fresh);
    assertThat(stack.count("select count(*) from secrets.secret where name like 'audit/log-key/%'"))
        .isEqualTo(1);
  }

  @Test
  void the_log_that_lost_entries_is_stopped_and_a_new_one_says_so_first()
      throws IOException, JMException, SQLException {
    nothingIsPublishedThatTheStandbyLacks();
    LibertyServer first = stack.launcher().liberty();
    first.stop();
    first.begin(ASYNC);
    LibertyServer second = stack.secondNode();
    first.awaitReady();
    Identity bob = Agents.registered(stack);
    theLogChangesItsKey(bob);
    UuidV7 early = act(bob);
    settled();
    NoteKey oldKey = Replies.value(stack.client().logKey());
    Bytes earlyProof = bundle(bob, early);
    long surviving = Checkpoint.open(Replies.value(stack.client().checkpoint()), oldKey).size();
    Patiently.until("the standby has it", PromotedStandbyIT::standbyHasAll);
    stack.launcher().postgres().stopReplica();
    UuidV7 lost = act(bob);
    Bytes lostProof = bundle(bob, lost);
    settled();
    Watched seen = watched(Watched.nothing(oldKey, Notes.now()));
    SignedNote published = seen.checkpoint().orElseThrow();
    assertThat(seen.size()).isGreaterThan(surviving);

    stack.launcher().postgres().killPrimary();
    stack.launcher().postgres().startReplica();
    stack.launcher().postgres().failOver();
    Patiently.until(
        "both serve again", () -> ready(stack.http()) && ready(new Http(second.baseUri())));
    UuidV7 later = actAgain(bob);

    Patiently.until("a new log", () -> stack.count("select count(*) from audit.log") == 2);
    settled();
    List<ListedLog> logs = Replies.value(stack.client().logs());
    NoteKey newKey = logs.get(0).key();
    assertThat(newKey.name()).startsWith(oldKey.name() + "s/");
    SaidLoss loss = logs.get(0).losses().get(logs.get(0).losses().size() - 1);
    assertThat(loss.origin()).isEqualTo(oldKey.name());
    assertThat(loss.from()).isGreaterThanOrEqualTo(surviving).isLessThan(loss.to());
    assertThat(loss.to()).isEqualTo(seen.size());
    assertThat(loss.checkpoint()).isEqualTo(published);
    assertThat(
            stack.column(
                "select e.kind from audit.leaf l join audit.event e using (event_id)"
                    + " where l.log_id = (select max(log_id) from audit.log) and l.log_seq = 0"))
        .containsExactly("log.reopened");
    SeveralLogs several = new SeveralLogs(stack, folder);
    Watched followed = several.followed(seen, logs.get(0));
    grown(followed, 1);

    // What was proved stays proved, what is left can be proved again, and what is new is in the new
    // log.
    assertProved(oldKey, earlyProof);
    assertProved(oldKey, lostProof);
    assertProved(oldKey, bundle(bob, early));
    assertProved(newKey, bundle(bob, later));
    several.assertTheWatchAlarms(seen, newKey);
    several.assertCompleteButForTheLoss(lostProof, oldKey, newKey);
    several.assertEvidenceOfBothLogs(early, later, oldKey, newKey);
    theOtherNodeWritesOn(second, bob, followed);
    aHolderThatWasCutOffWritesNothing(bob, followed);
    anOlderCopyIsNoticed(bob, followed, several);
    several.assertTheRecheckHolds();
    aReaderThatCannotKeepUpIsSentAway(bob);
  }

  private static boolean ready(Http http) {
    return http.get("/health/ready").status() == 200;
  }

  /** The first tries may meet connections to the database that is gone. */
  private static UuidV7 actAgain(Identity bob) {
    Patiently.until(
        "served again",
        () -> stack.client().agent(bob).whoami().match(granted -> true, refused -> false));
    return act(bob);
  }

  private static boolean standbyHasAll() {
    return stack.countAsSuperuser(
            "select count(*) from pg_stat_replication where replay_lsn >= pg_current_wal_lsn()")
        == 1;
  }

  /** The tables are set back to an older copy, under two nodes that saw more of the log. */
  private static void anOlderCopyIsNoticed(Identity bob, Watched followed, SeveralLogs several) {
    settled();
    OlderCopy copy = OlderCopy.of(stack);
    Watched before = watched(followed);
    Bytes lostProof = bundle(bob, act(bob));
    Watched seen = grown(before, before.size());

    copy.restore();
    Patiently.until("a third log", () -> stack.count("select count(*) from audit.log") == 3);
    UuidV7 later = act(bob);
    settled();

    ListedLog third = Replies.value(stack.client().logs()).get(0);
    assertThat(third.losses().get(0).origin()).isEqualTo(seen.log().name());
    assertThat(several.followed(seen, third).size()).isPositive();
    assertProved(seen.log(), lostProof);
    assertProved(third.key(), bundle(bob, later));
  }

  /** Many more events than it may be behind come while Bob's reader is away. */
  private static void aReaderThatCannotKeepUpIsSentAway(Identity bob) {
    String begin = lastId(stream(bob, "?wait=0", Optional.empty()));
    long before = served();
    String id = "cast('0190a5e0-7c3a-7000-8000-' || lpad(to_hex(n), 12, '0') as uuid)";
    String numbers = " from generate_series(0, 100000) n";
    stack.asSuperuser(
        "begin",
        "insert into audit.event (event_id, source, source_seq, phase, kind, result, ts, event,"
            + " event_hash) select "
            + id
            + ", 'crowd/0', n, 'act', 'note.written', 'success', now(), '{}', sha256('x')"
            + numbers,
        "insert into audit.outbox (event_id) select " + id + numbers + " order by n",
        "commit");
    Patiently.until("the log has them", () -> served() > before + 100_000);

    Http.Answer late = stream(bob, "?wait=0", Optional.of(begin));
    Http.Answer catchingUp = stream(bob, "?wait=0&cursor=" + begin, Optional.empty());

    assertThat(late.text()).contains("event: error", "AUDIT_SLOW_CONSUMER").doesNotContain("id: ");
    assertThat(catchingUp.text()).contains("event: heartbeat").doesNotContain("event: error");
  }

  private static Http.Answer stream(Identity bob, String query, Optional<String> lastId) {
    Http http = stack.http();
    Http.Request request = http.request("GET", "/audit/stream" + query);
    lastId.ifPresent(id -> request.header("Last-Event-ID", id));
    return http.send(request.signed(stack.baseUri(), bob.signing(), Optional.empty()));
  }

  private static String lastId(Http.Answer answer) {
    List<String> lines = answer.text().lines().filter(line -> line.startsWith("id: ")).toList();
    return lines.get(lines.size() - 1).substring("id: ".length());
  }

  /** The node that wrote is killed: the other one goes on in the same log, without gap or fork. */
  private static void theOtherNodeWritesOn(LibertyServer second, Identity bob, Watched followed) {
    Watched before = watched(followed);
    second.kill();
    act(bob);
    settled();
    Watched between = grown(before, before.size());
    second.start();
    stack.launcher().liberty().kill();
    Http.Answer answer =
        new Http(second.baseUri())
            .send(
                new Http(second.baseUri())
                    .request("GET", "/identity/whoami")
                    .bearer(stack.operatorToken()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    settled();
    stack.launcher().liberty().restart(ASYNC);
    grown(between, between.size());
    assertThat(stack.count("select count(*) from audit.log")).isEqualTo(2);
  }

  /** Whoever holds the lock when its connection is ended has no transaction left to write in. */
  private static void aHolderThatWasCutOffWritesNothing(Identity bob, Watched followed)
      throws SQLException {
    Watched before = watched(followed);
    try (Connection holder = stack.application();
        Statement sql = holder.createStatement()) {
      holder.setAutoCommit(false);
      sql.execute("select pg_advisory_xact_lock(hashtextextended('talos.audit.log', 0))");
      String row =
          "insert into audit.checkpoint select log_id, size + 1000, root, note, published_at"
              + " from audit.checkpoint order by log_id desc, size desc limit 1";
      sql.execute(row);
      stack.countAsSuperuser(
          "select count(pg_terminate_backend(pid)) from pg_locks where locktype = 'advisory' and granted");
      act(bob);
      settled();
      assertThatThrownBy(() -> sql.execute(row)).isInstanceOf(SQLException.class);
      assertThatThrownBy(holder::commit).isInstanceOf(SQLException.class);
    }
    grown(before, before.size());
  }
}
