package io.talos.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Brings the stack up for a newcomer, plays the story, and stays up until it is told to stop. Exit
 * status: 0 the story held (with {@code talos.exit=true}) or the stack was stopped; 1 the story did
 * not hold; 2 the stack could not run.
 */
public final class Main {
  private static final int STORY_BROKEN = 1;
  private static final int CANNOT_RUN = 2;

  private final PrintStream out;

  private Main(PrintStream out) {
    this.out = out;
  }

  /**
   * Takes everything from system properties; see the package's documentation. Four more are read
   * here: {@code talos.exit=true} stops everything after the story, {@code talos.watch-parent=true}
   * when the starting process ends, {@code talos.debug=true} shows the stack trace of a failure;
   * and {@code talos.held} names a file that exists afterwards only when the exit status is 0.
   */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.exit(new Main(out).run());
  }

  private int run() {
    var held = Optional.ofNullable(System.getProperty("talos.held")).map(Path::of);
    try {
      if (held.isPresent()) {
        Files.deleteIfExists(held.get());
      }
      var exitStatus = runFromProperties();
      if (held.isPresent() && exitStatus == 0) {
        Files.writeString(held.get(), "");
      }
      return exitStatus;
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot write the file that talos.held names", failed);
    }
  }

  private int runFromProperties() {
    try {
      watchParent();
      return runStack(StackSettings.fromSystemProperties());
    } catch (LaunchFailed failed) {
      return cannotRun(failed.getMessage(), failed);
    } catch (UncheckedIOException failed) {
      return cannotRun(failed.getMessage() + ": " + failed.getCause(), failed);
    }
  }

  private int cannotRun(@Nullable String why, RuntimeException failed) {
    out.printf("%nTalos cannot run.%n%s%n", why);
    if (Boolean.getBoolean("talos.debug")) {
      failed.printStackTrace(out);
    }
    return CANNOT_RUN;
  }

  private int runStack(StackSettings settings) {
    out.printf(
        "%nTalos, DEV MODE: generated passwords, a login without a password, plain HTTP on 127.0.0.1. Not for production.%n%n");
    long from = System.nanoTime();
    try (var stack = TalosStack.start(settings, Map.of(), line -> out.println("  " + line))) {
      var seconds = (System.nanoTime() - from) / 1e9;
      out.println(ReadyBlock.of(stack, seconds));
      var held = new PlayStory(out).heldOn(stack);
      if (!Boolean.getBoolean("talos.exit")) {
        out.printf("%nTalos stays up. Stop it with Ctrl-C.%n");
        waitForEver();
      }
      return held ? 0 : STORY_BROKEN;
    }
  }

  /** Ends by a signal only: the shutdown hook of the stack then stops everything. */
  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * When Maven is killed, Ctrl-C does not reach us: then nobody could stop the stack, so it stops
   * itself.
   */
  private static void watchParent() {
    if (!Boolean.getBoolean("talos.watch-parent")) {
      return;
    }
    ProcessHandle.current().parent().ifPresent(Main::endWith);
  }

  private static void endWith(ProcessHandle parent) {
    var watch =
        new Thread(
            () -> {
              parent.onExit().join();
              System.exit(CANNOT_RUN);
            },
            "watch-parent");
    watch.setDaemon(true);
    watch.start();
  }
}
