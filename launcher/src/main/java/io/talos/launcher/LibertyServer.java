package io.talos.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One Open Liberty server with the EAR, as a child process whose pid is the JVM's: killing it kills
 * the server. Thread safe.
 *
 * <p>Started as {@code server run}, as an operator would; the script becomes the JVM by exec.
 */
public final class LibertyServer {
  /** Messages after which the server cannot become ready any more. */
  private static final Pattern HOPELESS =
      Pattern.compile("CWWKZ0[0-9]{3}E|CWWKZ0014W|CWWKO0221E|CWWKG0014E|CWWKF0001E|CWWKE0054E");

  private static final List<String> PROGRAMS =
      List.of("java", "setsid", "sh", "dash", "bash", "busybox");

  private final Path folder;
  private final int httpPort;
  private final LibertyFolder files;
  private final Map<String, String> environment;
  private final LogFile console;
  private final ServerProcess process;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private long consoleStart;

  /**
   * Unpacks and prepares the files; {@code environment} is what the server's variables are set
   * from.
   */
  LibertyServer(
      String name,
      StackSettings settings,
      Map<String, String> environment,
      StackFile stackFile,
      Consumer<String> progress) {
    this.folder = Folders.create(settings.dataFolder().resolve(name));
    this.httpPort = settings.ports().http();
    this.environment = Map.copyOf(environment);
    this.process = new ServerProcess(name, PROGRAMS, stackFile);
    this.console = new LogFile(folder.resolve("console.log"));
    this.files = LibertyFolder.prepare(settings, folder, progress);
  }

  /**
   * Starts the server and returns when {@code /health/ready} is 200; fails with the log's telling
   * lines when it cannot be.
   */
  public void start() {
    begin(Map.of());
    awaitReady();
  }

  /**
   * Stops the server and starts it with more environment variables, which win over the usual ones
   * for this run.
   */
  public void restart(Map<String, String> moreEnvironment) {
    stop();
    begin(moreEnvironment);
    awaitReady();
  }

  /** Starts the process and returns at once. */
  public synchronized void begin(Map<String, String> moreEnvironment) {
    if (process.isRunning()) {
      return;
    }
    consoleStart = console.beginRun();
    var all = new LinkedHashMap<>(environment);
    all.putAll(moreEnvironment);
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.put("WLP_USER_DIR", files.user().toString());
    all.put("WLP_OUTPUT_DIR", files.output().toString());
    var script = files.installation().resolve("bin").resolve("server").toString();
    process.start(List.of(script, "run", LibertyFolder.SERVER), all, folder, console.path());
  }

  /** Returns when {@code /health/ready} is 200, at most {@link Limits#LIBERTY_READY}. */
  public void awaitReady() {
    var ended = Waiting.until(Limits.LIBERTY_READY, () -> isReady() || whyHopeless().isPresent());
    if (ended && isReady()) {
      return;
    }
    var why =
        whyHopeless()
            .orElse("it was not ready after %d s".formatted(Limits.LIBERTY_READY.toSeconds()));
    // The cause is printed after the message that names the trouble.
    Waiting.until(Limits.LAST_WORDS, () -> !isRunning());
    var trouble = console.trouble(consoleStart);
    kill();
    throw new LaunchFailed(
        "Open Liberty did not become ready: %s.%n%s%n  whole log: %s"
            .formatted(why, trouble, console.path()));
  }

  private synchronized Optional<String> whyHopeless() {
    if (!process.isRunning()) {
      return Optional.of("its process ended");
    }
    return console.linesSince(consoleStart).stream()
        .filter(line -> HOPELESS.matcher(line).find())
        .findFirst()
        .map(line -> "it reported " + line.strip().replaceAll("\\.$", ""));
  }

  /** Whether {@code /health/ready} is 200 now. */
  public boolean isReady() {
    var request =
        HttpRequest.newBuilder(baseUri().resolve("/health/ready"))
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /**
   * Asks the server to end (SIGTERM) and kills it when it has not after {@link Limits#STOP_GRACE}.
   */
  public void stop() {
    process.stop();
  }

  /** Ends the server as a power cut would (SIGKILL); returns when it is gone. */
  public void kill() {
    process.kill();
  }

  /** Whether the process lives. */
  public boolean isRunning() {
    return process.isRunning();
  }

  /** Of the running JVM. */
  public OptionalLong pid() {
    return process.pid();
  }

  /** HTTP on 127.0.0.1. */
  public URI baseUri() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  /** What the server printed, over all starts. */
  public Path consoleLog() {
    return console.path();
  }

  /** The server's own logs (messages.log, trace.log). */
  public Path logFolder() {
    return files.output().resolve(LibertyFolder.SERVER).resolve("logs");
  }
}
