package io.talos.bench;

import io.talos.bench.http.HttpResults;
import io.talos.bench.http.StackLoad;
import io.talos.bench.log.LogLoad;
import io.talos.bench.log.LogResults;
import io.talos.bench.micro.MicroBenchmarks;
import io.talos.bench.page.Machine;
import io.talos.bench.page.MicroResults;
import io.talos.bench.page.Report;
import io.talos.launcher.StackSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Measures and writes {@code docs/benchmarks/<date>-<page>.md}. System properties: {@code
 * talos.bench.parts} ({@code jmh}, {@code http}, {@code frames}, {@code log}), {@code
 * talos.bench.include} (which benchmarks, a regular expression), {@code talos.bench.log-size},
 * {@code talos.bench.page}, {@code talos.bench.port-offset}, and those of the launcher.
 */
public final class Main {
  private static final Pattern PAGE = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) throws IOException {
    Instant now = Clock.systemUTC().instant();
    Path root = Path.of(required("talos.root"));
    Path page = page(root, now);
    Set<String> parts = Set.of(required("talos.bench.parts").split(","));
    Map<String, Double> loads = new LinkedHashMap<>();
    loads.put("before anything", Machine.load());
    MicroResults micro =
        parts.contains("jmh")
            ? MicroBenchmarks.run(Pattern.compile(required("talos.bench.include")))
            : MicroResults.NONE;
    loads.put("after the single operations", Machine.load());
    // Written twice: a stack that does not start must not cost what was measured before.
    write(page, new Report(root, now, loads, micro, HttpResults.NONE, LogResults.NONE));
    HttpResults http = http(parts, now);
    LogResults log = log(parts, now);
    loads.put("at the end", Machine.load());
    write(page, new Report(root, now, loads, micro, http, log));
    System.out.println("[bench] " + root.relativize(page));
    System.exit(0); // the stack's shutdown hook and idle pools would keep the JVM
  }

  private static HttpResults http(Set<String> parts, Instant now) {
    StackSettings settings = StackSettings.fromSystemProperties();
    int offset = Integer.parseInt(required("talos.bench.port-offset"));
    Consumer<String> progress = line -> System.out.println("[bench] " + line);
    if (parts.contains("http")) {
      return StackLoad.run(settings, offset, now, progress);
    }
    return parts.contains("frames")
        ? StackLoad.frames(settings, offset, now, progress)
        : HttpResults.NONE;
  }

  private static LogResults log(Set<String> parts, Instant now) {
    if (!parts.contains("log")) {
      return LogResults.NONE;
    }
    return LogLoad.run(
        StackSettings.fromSystemProperties(),
        Integer.parseInt(required("talos.bench.port-offset")),
        now,
        Long.parseLong(required("talos.bench.log-size")),
        line -> System.out.println("[bench] " + line));
  }

  private static void write(Path page, Report report) throws IOException {
    Files.createDirectories(page.resolveSibling(""));
    Files.writeString(page, report.markdown(), StandardCharsets.UTF_8);
  }

  private static Path page(Path root, Instant now) {
    String name = required("talos.bench.page");
    if (!PAGE.matcher(name).matches()) {
      throw new IllegalArgumentException("talos.bench.page is no name for a page");
    }
    String date = now.atZone(ZoneOffset.UTC).toLocalDate().toString();
    return root.resolve("docs").resolve("benchmarks").resolve(date + "-" + name + ".md");
  }

  private static String required(String property) {
    String value = System.getProperty(property, "");
    if (value.isBlank()) {
      throw new IllegalArgumentException(property + " is not set");
    }
    return value;
  }
}
