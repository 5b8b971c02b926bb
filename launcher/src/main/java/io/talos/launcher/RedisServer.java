package io.talos.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A Redis server of its own process with an append-only file: 127.0.0.1 only, password required.
 * Thread safe.
 *
 * <p>Source: Redis 6.2 redis.conf; RESP protocol, inline commands.
 */
public final class RedisServer {
  private final StackSettings settings;
  private final Path folder;
  private final Secrets secrets;
  private final Consumer<String> progress;
  private final ServerProcess process;

  RedisServer(
      StackSettings settings, Secrets secrets, StackFile stackFile, Consumer<String> progress) {
    this.settings = settings;
    this.secrets = secrets;
    this.progress = progress;
    this.folder = OwnerOnly.folder(settings.dataFolder().resolve("redis"));
    this.process = new ServerProcess("redis", programs(settings), stackFile);
  }

  /** Starts the server and returns when it has loaded its data and answers. */
  public synchronized void start() {
    if (isRunning()) {
      return;
    }
    var binary = settings.redisBinary().orElseGet(this::bundled);
    var configuration = folder.resolve("redis.conf");
    OwnerOnly.write(configuration, configuration());
    var log = new LogFile(folder.resolve("server.log"));
    var from = log.beginRun();
    process.start(
        List.of(binary.toString(), configuration.toString()), Map.of(), folder, log.path());
    Waiting.until(Limits.REDIS_READY, () -> !process.isRunning() || answers());
    if (!process.isRunning() || !answers()) {
      throw new LaunchFailed(
          "Redis did not start:%n%s%n  whole log: %s".formatted(log.trouble(from), log.path()));
    }
  }

  /** Lets Redis write what it holds and end. */
  public void stop() {
    process.stop();
  }

  /** Ends Redis as a power cut would: up to a second of writes is lost. */
  public void kill() {
    process.kill();
  }

  /** Whether the process lives. */
  public boolean isRunning() {
    return process.isRunning();
  }

  /** Of the running process. */
  public OptionalLong pid() {
    return process.pid();
  }

  /** The port on 127.0.0.1. */
  public int port() {
    return settings.ports().redis();
  }

  /** What AUTH wants. */
  public String password() {
    return secrets.password("redis");
  }

  /** The process table names the file behind a symbolic link. */
  private static List<String> programs(StackSettings settings) {
    var programs = new ArrayList<>(List.of("redis-server", "setsid"));
    settings
        .redisBinary()
        .ifPresent(
            binary -> {
              try {
                programs.add(String.valueOf(binary.toRealPath().getFileName()));
              } catch (IOException notThere) {
                throw new LaunchFailed(
                    "There is no file %s (setting talos.redis.binary).".formatted(binary),
                    notThere);
              }
            });
    return programs;
  }

  private String configuration() {
    return """
        bind 127.0.0.1
        protected-mode yes
        port %d
        requirepass %s
        dir "%s"
        appendonly yes
        appendfsync everysec
        save ""
        maxmemory-policy noeviction
        daemonize no
        """
        .formatted(port(), password(), folder);
  }

  /** The first bundled binary that runs here; they differ in what they want from the system. */
  private Path bundled() {
    for (var name : Platform.current().redisBinaries()) {
      var binary =
          UnpackOnce.folder(
              settings.cache().resolve("redis").resolve(name), target -> unpack(name, target));
      var program = binary.resolve("redis-server");
      if (ChildProcess.run(List.of(program.toString(), "--version"), folder).succeeded()) {
        return program;
      }
    }
    throw new LaunchFailed(
        "No bundled redis-server runs on this machine. Name one of your own, 6.2 or newer: -Dtalos.redis.binary=<path>");
  }

  private void unpack(String name, Path target) throws IOException {
    progress.accept("Unpacking Redis (once) …");
    try (var content = RedisServer.class.getResourceAsStream("/" + name)) {
      if (content == null) {
        throw new LaunchFailed("The class path lacks %s (embedded-redis).".formatted(name));
      }
      var program = target.resolve("redis-server");
      Files.copy(content, program);
      Folders.makeExecutable(program);
    }
  }

  /**
   * Whether AUTH and PING are answered as they should be; "-LOADING" while Redis reads its file is
   * not.
   */
  private boolean answers() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(Ports.LOOPBACK, port()), 1000);
      socket.setSoTimeout(1000);
      socket
          .getOutputStream()
          .write(("AUTH " + password() + "\r\nPING\r\n").getBytes(StandardCharsets.US_ASCII));
      var answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      return "+OK".equals(answers.readLine()) && "+PONG".equals(answers.readLine());
    } catch (IOException notYet) {
      return false;
    }
  }
}
