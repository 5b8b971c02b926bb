package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.client.EvidenceDownload;
import io.talos.client.Identity;
import io.talos.client.ListedLog;
import io.talos.client.cli.Main;
import io.talos.client.watch.FollowedLog;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.WatchFile;
import io.talos.client.watch.Watched;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import io.talos.launcher.LibertyServer;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
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

  @Test
  void the_log_that_lost_entries_is_stopped_and_a_new_one_says_so_first()
      throws IOException, JMException, SQLException {
    nothingIsPublishedThatTheStandbyLacks();
    stack.launcher().liberty().restart(ASYNC);
    LibertyServer second = stack.secondNode();
    Identity bob = Agents.registered(stack);
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
    Watched followed = followed(seen, logs.get(0));
    grown(followed, 1);

    // What was proved stays proved, what is left can be proved again, and what is new is in the new
    // log.
    assertProved(oldKey, earlyProof);
    assertProved(oldKey, lostProof);
    assertProved(oldKey, bundle(bob, early));
    assertProved(newKey, bundle(bob, later));
    assertTheWatchAlarms(seen, newKey);
    assertCompleteButForTheLoss(lostProof, oldKey, newKey);
    assertEvidenceOfBothLogs(early, later, oldKey, newKey);
    theOtherNodeWritesOn(second, bob, followed);
    aHolderThatWasCutOffWritesNothing(bob, followed);
    assertTheRecheckHolds();
  }

  /** Carol goes on from what she saw of the stopped log. */
  private static Watched followed(Watched seen, ListedLog next) {
    return new FollowedLog(
            seen,
            stack.client().log(seen.log()),
            next.key(),
            next.losses(),
            new LogWatch(Optional.empty()))
        .begin(stack.client().log(next.key()), Notes.now())
        .match(
            Look.Holds::now,
            alarm -> {
              throw new AssertionError(alarm.code() + ": " + alarm.why());
            });
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

  private void assertTheWatchAlarms(Watched seen, NoteKey newKey) throws IOException {
    Path state = folder.resolve("watched.json");
    new WatchFile(state).keep(seen);
    String server = stack.baseUri().toString();

    assertThat(audit("watch", server, "--vkey", seen.log().vkey(), "--state=" + state, "--looks=1"))
        .startsWith("1 AUDIT_LOG_ROLLED_BACK: ")
        .contains("is followed by " + newKey.vkey());
    assertThat(
            audit(
                "watch",
                server,
                "--vkey",
                newKey.vkey(),
                "--state=" + folder.resolve("next.json"),
                "--after=" + state,
                "--looks=1"))
        .startsWith("0 holds: " + newKey.name());
  }

  /** The event that was lost has a number that is neither a gap nor there. */
  private static void assertCompleteButForTheLoss(Bytes lostProof, NoteKey old, NoteKey following) {
    JsonObject event =
        StrictJson.parseObject(lostProof, new Limits(1 << 20, 32, 10_000)).getJsonObject("event");
    assertThat(
            audit(
                "completeness",
                stack.baseUri().toString(),
                "--vkey",
                old.vkey(),
                "--vkey",
                following.vkey(),
                "--source=" + event.getString("source"),
                "--to=" + event.getInt("source_seq")))
        .startsWith("1 said to be lost: entries ")
        .doesNotContain("AUDIT_LOG_GAP");
  }

  private void assertEvidenceOfBothLogs(
      UuidV7 early, UuidV7 later, NoteKey old, NoteKey following) throws IOException {
    Path file = folder.resolve("evidence.jsonl");
    EventFilter filter = EventFilter.of(Map.of("to", WireTime.format(Notes.now())));
    Replies.granted(
        new EvidenceDownload(stack.operator().audit(), file).fetch(filter, ExportFormat.JSONL));

    assertThat(Files.readString(file)).contains(early.text(), later.text());
    assertThat(
            audit("verify", file.toString(), "--vkey", old.vkey(), "--vkey", following.vkey()))
        .startsWith("0 ")
        .contains("which are said to be lost")
        .contains(" entries and " + following.name() + " at ");
  }

  private static String audit(String... arguments) {
    StringWriter out = new StringWriter();
    PrintWriter printer = new PrintWriter(out, true);
    List<String> all = new ArrayList<>(List.of("audit"));
    all.addAll(List.of(arguments));
    int status = Main.run(printer, printer, all.toArray(String[]::new));
    return status + " " + out;
  }

  private static void assertTheRecheckHolds() throws IOException, JMException {
    try (Console console = Console.of(stack, "io.talos:type=LogRecheck")) {
      Patiently.until("no recheck is under way", () -> !(boolean) console.read("Running"));
      assertThat((boolean) console.call("start")).isTrue();
      Patiently.until("the recheck ended", () -> !(boolean) console.read("Running"));
      assertThat(console.read("Failure")).isEqualTo("");
      assertThat(console.read("FirstBadRow")).isEqualTo("");
      assertThat(console.read("Verdict")).isEqualTo("HOLDS");
    }
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
