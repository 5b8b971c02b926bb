package io.talos.contracts.capability.vectors;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** The mutations as this very run of the tests answers them, for those who compare. */
public final class FreshMutations {
  private static final int IN_A_NORMAL_BUILD = 2000;

  private FreshMutations() {}

  /** How many there are, at least. */
  public static int atLeast() {
    return Integer.getInteger("talos.mutations", IN_A_NORMAL_BUILD);
  }

  /** The file, which is written now unless this run has written it before. */
  public static Path file() throws Exception {
    Path file =
        Path.of(System.getProperty("talos.root", ".."))
            .resolve("contracts/target/capability-mutations.jsonl")
            .toAbsolutePath();
    if (!isOfThisRun(file)) {
      new MutatedCapabilityTest().no_mutation_is_answered_with_anything_but_an_answer();
    }
    return file;
  }

  private static boolean isOfThisRun(Path file) throws Exception {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return Files.exists(file) && Files.getLastModifiedTime(file).toMillis() >= started;
  }
}
