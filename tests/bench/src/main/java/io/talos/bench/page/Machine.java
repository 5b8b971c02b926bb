package io.talos.bench.page;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What the numbers were measured on; names nothing that tells whose machine it is. */
public final class Machine {
  private static final double BYTES_PER_GIB = 1L << 30;
  private static final int PATIENCE_SECONDS = 10;

  private Machine() {}

  /** Processor, cores and memory. */
  static String hardware() {
    var system =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.1f GiB",
        processor(),
        system.getAvailableProcessors(),
        system.getTotalMemorySize() / BYTES_PER_GIB);
  }

  private static String processor() {
    Path file = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(file)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElseGet(() -> System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Operating system. */
  static String system() {
    return System.getProperty("os.name") + " " + System.getProperty("os.version");
  }

  /** The JVM that runs everything. */
  static String jvm() {
    return System.getProperty("java.vm.name") + " " + Runtime.version();
  }

  /** The load average of the last minute; negative when the system tells none. */
  public static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /** The commit of the project, with {@code +} when files differ from it; or {@code unknown}. */
  static String commit(Path root) {
    String head = git(root, "rev-parse", "--short=12", "HEAD");
    if (head.isEmpty()) {
      return "unknown";
    }
    return git(root, "status", "--porcelain").isEmpty() ? head : head + "+";
  }

  private static String git(Path root, String... arguments) {
    try {
      ProcessBuilder git = new ProcessBuilder("git").directory(root.toFile());
      git.command().addAll(java.util.List.of(arguments));
      Process process = git.redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
          ? text.strip()
          : "";
    } catch (IOException e) {
      return ""; // a source archive has no git
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
