package io.talos.client.cli;

import io.talos.client.ListedLog;
import io.talos.client.TalosClient;
import io.talos.client.watch.LogSource;
import io.talos.client.watch.LogWatch;
import io.talos.client.watch.Look;
import io.talos.client.watch.WatchFile;
import io.talos.client.watch.Watched;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.NoteKey;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
    InstantSource clock = Clock.systemUTC();
    LogWatch watch = new LogWatch(staleAfterSeconds.map(Duration::ofSeconds));
    NoteKey log = NoteKey.parse(vkey);
    TalosClient talos = new TalosClient(server);
    LogSource source = talos.log(log);
    WatchFile file = new WatchFile(state);
    Watched seen = file.read(log, clock.instant());
    int status = Main.FAILED;
    for (int look = 1; look <= looks.orElse(LOOKS_MAX); look++) {
      if (look > 1) {
        Thread.sleep(Duration.ofSeconds(everySeconds).toMillis());
      }
      try {
        Look result = watch.look(seen, source, clock.instant());
        status = result.match(this::report, this::report);
        if (status != Main.DONE) {
          tellWhatFollows(talos, log);
          return status;
        }
        Watched before = seen;
        seen = result.match(Look.Holds::now, alarm -> before);
        file.keep(seen);
      } catch (TalosException e) {
        spec.commandLine().getErr().println(e.code() + ": not reached (" + e.getMessage() + ")");
        status = Main.FAILED;
      }
    }
    return status;
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
  private void tellWhatFollows(TalosClient talos, NoteKey log) {
    try {
      talos.logs().match(logs -> tell(log, logs.value()), refused -> false);
    } catch (TalosException e) {
      spec.commandLine().getErr().println("no list of logs (" + e.getMessage() + ")");
    }
  }

  /** Of the losses that the server tells, those count whose checkpoint the log itself signed. */
  private boolean tell(NoteKey log, List<ListedLog> logs) {
    boolean told = false;
    for (ListedLog next : logs) {
      for (ListedLog.Loss loss : next.losses()) {
        if (loss.origin().equals(log.name()) && loss.checkpoint().isSignedBy(log)) {
          spec.commandLine()
              .getOut()
              .printf(
                  "stopped: the server says that entries %d up to %d are lost, and that the log is"
                      + " followed by %s%n",
                  loss.from(), loss.to(), next.key().vkey());
          told = true;
        }
      }
    }
    return told;
  }
}
