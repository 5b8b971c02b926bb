package io.talos.bench.http;

import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/** The real stack on ports and data of its own, which end with the measurement. */
public final class BenchStack {
  private BenchStack() {}

  /**
   * What {@code measure} finds on a fresh stack with the bare application beside Talos.
   *
   * @param own last changes to the settings, given the folder of the bench's data
   */
  public static <R> R with(
      StackSettings settings,
      int portOffset,
      Instant now,
      BiFunction<StackSettings, Path, StackSettings> own,
      Consumer<String> progress,
      Function<TalosStack, R> measure) {
    Path data = settings.root().resolve(".talos").resolve("bench-" + now.toEpochMilli());
    StackSettings beside =
        own.apply(BesideTalos.in(data, settings.beside(portOffset, data.resolve("stack"))), data);
    try (TalosStack stack = TalosStack.start(beside, StackLoad.SETTINGS, progress)) {
      return measure.apply(stack);
    } finally {
      delete(data);
    }
  }

  private static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the data of the bench stack stays behind", e);
    }
  }
}
