package io.talos.client.cli;

import io.talos.client.ListedLog;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.WatchFile;
import io.talos.client.watch.Watched;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SaidLoss;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a server's log. */
@Command(
    name = "watch",
    description = {
      "Follow a log: read all of it, compute its tree, and look again and again.",
      "Exit status 1, with a code, as soon as the log shows another history, gets shorter, hides"
          + " something, leaves a number of a source out, or stands still.",
      "Exit status 0 after the number of looks that was asked for, 2 when the last look did not"
          + " reach the server."
    },
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli fills the fields before call()
final class WatchCommand implements Callable<Integer> {
  private static final int LOOKS_MAX = Integer.MAX_VALUE;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "SERVER", description = "Base URI of the server.")
  URI server;

  @Option(
      names = "--vkey",
      required = true,
      description = "The log's key, learned from somebody you trust; @FILE reads it from a file.")
  String vkey;

  @Option(
      names = "--state",
      required = true,
      description = "File to remember in; where there is none, the log is read from its beginning.")
  Path state;

  @Option(
      names = "--after",
      description =
          "For a log that followed a stopped one: the file in which the stopped one was remembered.")
  Optional<Path> after;

  @Option(
      names = "--looks",
      description = "How often to look; without it until something is wrong.")
  Optional<Integer> looks;

  @Option(
      names = "--every-seconds",
      defaultValue = "10",
      description = "Time between two looks; ${DEFAULT-VALUE} without it.")
  int everySeconds;

  @Option(
      names = "--stale-after-seconds",
      description = "How long the log may stand still; without it as long as it likes.")
  Optional<Integer> staleAfterSeconds;

  @Override
  public Integer call() throws InterruptedException {
    NoteKey log = NoteKey.parse(vkey);
    WatchFile file = new WatchFile(state);
    Optional<Watched> seen = file.read(log);
    boolean follows = LogOrigin.name(log.name()).isPresent();
    boolean nothing = seen.isEmpty();
    if (nothing && follows != after.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "A log that followed a stopped one is begun with --after, no other.");
    }
    Optional<Watched> stopped =
        after.filter(stoppedFile -> nothing).map(stoppedFile -> new WatchFile(stoppedFile).read());
    InstantSource clock = Clock.systemUTC();
    LogWatch watch = new LogWatch(staleAfterSeconds.map(Duration::ofSeconds));
    WatchedServer watched = new WatchedServer(AllLogs.at(server.toString(), Optional.empty()));
    int status = Main.FAILED;
    for (int look = 1; look <= looks.orElse(LOOKS_MAX); look++) {
      if (look > 1) {
        Thread.sleep(Duration.ofSeconds(everySeconds).toMillis());
      }
      try {
        Instant now = clock.instant();
        Look result =
            seen.isPresent()
                ? watch.look(seen.get(), watched.source(log), now)
                : watched.first(log, stopped, watch, now);
        if (result instanceof Look.Holds holds) {
          tellOfAnotherKey(seen.map(Watched::log).orElse(log), holds.now().log());
          seen = Optional.of(holds.now());
          file.keep(holds.now());
          result = holds.fresh() == 0 ? orStopped(holds, watched) : holds;
        }
        status = result.match(this::report, this::report);
        if (status != Main.DONE) {
          tellWhatFollows(watched, log);
          return status;
        }
      } catch (TalosException e) {
        spec.commandLine().getErr().println(e.code() + ": not reached (" + e.getMessage() + ")");
        status = Main.FAILED;
      }
    }
    return status;
  }

  /** A log that stands still may be one that another follows. */
  private Look orStopped(Look.Holds holds, WatchedServer watched) {
    Watched seen = holds.now();
    List<ListedLog> logs = watched.listOrNone(spec.commandLine().getErr());
    LogKeys keys = ListedLog.keys(logs, seen.log());
    return logs.stream()
        .flatMap(listed -> listed.losses().stream())
        .filter(loss -> loss.isOf(keys) && loss.to() > seen.size())
        .findFirst()
        .<Look>map(
            loss ->
                new Look.Alarm(
                    ErrorCode.AUDIT_LOG_ROLLED_BACK,
                    "%d entries were signed, now %d".formatted(loss.to(), seen.size()),
                    Stream.concat(seen.checkpoint().stream(), Stream.of(loss.checkpoint()))
                        .toList()))
        .orElse(holds);
  }

  private void tellOfAnotherKey(NoteKey before, NoteKey now) {
    if (!now.equals(before)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("key: the log signs with " + now.vkey() + " now");
      out.println("key: proved by " + before.vkey() + ", which signed beside it");
    }
  }

  private int report(Look.Holds holds) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        "holds: "
            + holds.now().log().name()
            + " at "
            + holds.now().size()
            + " entries, "
            + holds.fresh()
            + " of them new, "
            + holds.now().sources().size()
            + " sources without a gap");
    return Main.DONE;
  }

  private int report(Look.Alarm alarm) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(alarm.code() + ": " + alarm.why());
    alarm.evidence().forEach(note -> out.println("signed:\n" + note.encoded()));
    return Main.REFUSED;
  }

  /** Whatever the server says or does not say of it, the alarm stands. */
  private void tellWhatFollows(WatchedServer watched, NoteKey log) {
    PrintWriter out = spec.commandLine().getOut();
    List<ListedLog> logs = watched.listOrNone(spec.commandLine().getErr());
    LogKeys keys = ListedLog.keys(logs, log);
    for (ListedLog next : logs) {
      for (SaidLoss loss : next.losses()) {
        // Of the losses that the server tells, those count whose checkpoint the log itself signed.
        if (loss.isOf(keys)) {
          out.printf(
              "stopped: the server says that %s are lost, and that the log is followed by %s%n",
              loss.text(), next.key().vkey());
        }
      }
    }
  }
}
