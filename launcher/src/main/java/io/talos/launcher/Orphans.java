package io.talos.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Ends what a launcher that was killed left running on a data folder; called only by who holds the
 * folder's lock.
 */
final class Orphans {
  private Orphans() {}

  /** Liberty first, then Redis, then the replica and the primary, as in an orderly stop. */
  static void end(StackFile stackFile, Path dataFolder, Consumer<String> progress) {
    var left = stackFile.leftByPredecessor();
    for (var mark : left.stream().filter(mark -> mark.name().startsWith("liberty")).toList()) {
      mark.find().ifPresent(process -> end(mark.name(), process, progress));
    }
    for (var mark : left.stream().filter(mark -> mark.name().equals("redis")).toList()) {
      mark.find().ifPresent(process -> end(mark.name(), process, progress));
    }
    for (var node : List.of("replica", "primary")) {
      var folder = dataFolder.resolve("postgres").resolve("nodes").resolve(node);
      Optional.of(folder)
          .flatMap(Postmaster::of)
          .flatMap(Postmaster::find)
          .ifPresent(process -> endPostgres(node, process, progress));
    }
  }

  private static void end(String name, ProcessHandle process, Consumer<String> progress) {
    progress.accept(
        "Ending %s (process %d), left by a launcher that was killed …"
            .formatted(name, process.pid()));
    ProcessMark.end(process, Limits.ORPHAN_GRACE);
  }

  /**
   * Its sessions belong to servers that are gone, so nothing is lost by a kill: what was committed
   * is in the log, which is replayed.
   */
  private static void endPostgres(String node, ProcessHandle process, Consumer<String> progress) {
    progress.accept(
        "Ending the PostgreSQL %s (process %d), left by a launcher that was killed …"
            .formatted(node, process.pid()));
    var all = process.descendants().toList();
    ProcessMark.kill(process);
    all.forEach(ProcessMark::kill);
  }
}
