package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.EvidenceDownload;
import io.talos.client.ListedLog;
import io.talos.client.watch.FollowedLog;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.WatchFile;
import io.talos.client.watch.Watched;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.JMException;

/** What a stranger and an operator find out when one log was stopped and another followed. */
record SeveralLogs(Stack stack, Path folder) {
  /** Goes on from what was seen of the stopped log. */
  Watched followed(Watched seen, ListedLog next) {
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

  void assertTheWatchAlarms(Watched seen, NoteKey newKey) throws IOException {
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
  void assertCompleteButForTheLoss(Bytes lostProof, NoteKey old, NoteKey following) {
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

  void assertEvidenceOfBothLogs(UuidV7 early, UuidV7 later, NoteKey old, NoteKey following)
      throws IOException {
    Path file = folder.resolve("evidence.jsonl");
    EventFilter filter = EventFilter.of(Map.of("to", WireTime.format(Notes.now())));
    Replies.granted(
        new EvidenceDownload(stack.operator().audit(), file).fetch(filter, ExportFormat.JSONL));

    assertThat(Files.readString(file)).contains(early.text(), later.text());
    assertThat(audit("verify", file.toString(), "--vkey", old.vkey(), "--vkey", following.vkey()))
        .startsWith("0 ")
        .contains("which are said to be lost")
        .contains(" entries and " + following.name() + " at ");
  }

  private String audit(String... arguments) {
    return Command.run(
            Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray(String[]::new))
        .text();
  }

  void assertTheRecheckHolds() throws IOException, JMException {
    try (Console console = Console.of(stack, "io.talos:type=LogRecheck")) {
      Patiently.until("no recheck is under way", () -> !(boolean) console.read("Running"));
      assertThat((boolean) console.call("start")).isTrue();
      Patiently.until("the recheck ended", () -> !(boolean) console.read("Running"));
      assertThat(console.read("Failure")).isEqualTo("");
      assertThat(console.read("FirstBadRow")).isEqualTo("");
      assertThat(console.read("Verdict")).isEqualTo("HOLDS");
    }
  }
}
