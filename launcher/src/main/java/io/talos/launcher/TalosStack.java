package io.talos.launcher;

import io.talos.contracts.crypto.Randomness;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The whole running stack on one data folder. Started in the order PostgreSQL, Redis, identity
 * provider and notes (side by side), then Liberty; stopped in the order Liberty, notes and identity
 * provider, Redis, replica, primary, also when the JVM is asked to end. What a killed launcher left
 * running is ended by the next start on the same data folder. Thread safe.
 *
 * <p>The MCP SDK leaves a thread behind that keeps a JVM up after {@link #close}: a program ends by
 * {@link System#exit}, as test runners do.
 */
public final class TalosStack implements AutoCloseable {
  private static final Duration OPERATOR_TOKEN = Duration.ofHours(12);

  private record Piece(String name, Runnable stop) {}

  private final StackSettings settings;
  private final Consumer<String> progress;
  private final StackLock lock;
  private final StackFile stackFile;
  private final Secrets secrets;
  private final OperatorIssuer issuer;
  private final NotesServer notes;
  private final RedisServer redis;
  private final Deque<Piece> running = new ArrayDeque<>();
  private final ReadWriteLock starting = new ReentrantReadWriteLock();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private boolean closed;
  private @Nullable PostgresCluster postgres;
  private @Nullable LibertyServer liberty;

  private TalosStack(
      StackSettings settings, StackLock lock, StackFile stackFile, Consumer<String> progress) {
    this.settings = settings;
    this.progress = progress;
    this.lock = lock;
    this.stackFile = stackFile;
    var data = settings.dataFolder();
    this.secrets = new Secrets(data.resolve("secrets"), Randomness.secure());
    this.issuer =
        new OperatorIssuer(settings.ports().idp(), data.resolve("idp"), InstantSource.system());
    this.notes = new NotesServer(settings.ports().notes(), data.resolve("notes"), secrets);
    this.redis = new RedisServer(settings, secrets, stackFile, progress);
  }

  /**
   * Starts everything and returns when Liberty is ready; {@code environment} adds to what Liberty
   * gets.
   */
  public static TalosStack start(
      StackSettings settings, Map<String, String> environment, Consumer<String> progress) {
    settings.liberty().requirePresent();
    var stack = startServices(settings, progress);
    try {
      stack.startLiberty(environment);
      return stack;
    } catch (RuntimeException failed) {
      throw stack.stoppedBecause(failed);
    }
  }

  /**
   * Starts everything but Liberty: for a test that needs a database, and for one that starts
   * servers of its own.
   */
  public static TalosStack startServices(StackSettings settings, Consumer<String> progress) {
    var stack = open(settings, progress);
    Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "talos-stop"));
    try {
      stack.startPieces();
      return stack;
    } catch (RuntimeException failed) {
      throw stack.stoppedBecause(failed);
    }
  }

  /**
   * Stops what was started. When it was being stopped already, that is the cause, and the failure a
   * consequence.
   */
  private RuntimeException stoppedBecause(RuntimeException failed) {
    var wasClosing = isClosed();
    close();
    return wasClosing
        ? new LaunchFailed("The stack was stopped while it started.", failed)
        : failed;
  }

  /**
   * Takes the data folder, ends what a killed launcher left on it, and then finds the ports free.
   */
  private static TalosStack open(StackSettings settings, Consumer<String> progress) {
    var data = Folders.create(settings.dataFolder());
    var lock = StackLock.of(data);
    try {
      var stackFile = new StackFile(data.resolve("stack.json"));
      Orphans.end(stackFile, data, progress);
      settings.ports().requireFree();
      return new TalosStack(settings, lock, stackFile, progress);
    } catch (RuntimeException failed) {
      lock.close();
      throw failed;
    }
  }

  private void startPieces() {
    var others =
        CompletableFuture.allOf(
            CompletableFuture.runAsync(() -> timedPiece("redis", redis::start, redis::stop)),
            CompletableFuture.runAsync(() -> timedPiece("idp", issuer::start, issuer::close)),
            CompletableFuture.runAsync(() -> timedPiece("notes", notes::start, notes::close)));
    var cluster = new PostgresCluster(settings, secrets, stackFile, progress);
    postgres = cluster;
    timedPiece("postgres", cluster::start, cluster::stop);
    try {
      others.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }

  private void startLiberty(Map<String, String> environment) {
    requireOpen();
    var server = newLiberty("liberty", "node-1", settings, environment);
    liberty = server;
    start(server, "liberty");
  }

  private void start(LibertyServer server, String name) {
    progress.accept("Starting Open Liberty …");
    piece(name, () -> server.begin(Map.of()), server::stop);
    timed(
        "liberty ready",
        server::awaitReady); // outside the piece, so that Ctrl-C does not wait for it
  }

  /**
   * Starts one more Liberty server on the same databases, with its HTTP and HTTPS ports moved by
   * {@code portOffset}; it is stopped with the stack.
   */
  public LibertyServer startAnotherLiberty(int portOffset, Map<String, String> environment) {
    var ports = settings.ports();
    var moved =
        new Ports(
            ports.http() + portOffset,
            ports.https() + portOffset,
            ports.postgres(),
            ports.replica(),
            ports.redis(),
            ports.notes(),
            ports.idp());
    var name = "liberty-" + moved.http();
    var server = newLiberty(name, "node-" + moved.http(), settings.withPorts(moved), environment);
    start(server, name);
    return server;
  }

  private LibertyServer newLiberty(
      String name, String node, StackSettings own, Map<String, String> environment) {
    var all = new LinkedHashMap<>(StackEnvironment.of(node, own, secrets, issuer));
    all.putAll(environment);
    return new LibertyServer(name, own, all, stackFile, progress);
  }

  private void timedPiece(String name, Runnable start, Runnable stop) {
    timed(name + " started", () -> piece(name, start, stop));
  }

  private void timed(String what, Runnable action) {
    long from = System.nanoTime();
    action.run();
    progress.accept("%s (%d ms)".formatted(what, (System.nanoTime() - from) / 1_000_000));
  }

  /** Starts one piece; once the stack is closing, nothing starts any more. */
  private void piece(String name, Runnable start, Runnable stop) {
    starting.readLock().lock();
    try {
      synchronized (running) {
        requireOpen();
        running.push(new Piece(name, stop));
      }
      start.run();
    } finally {
      starting.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (isClosed()) {
      throw new LaunchFailed("The stack is stopping.");
    }
  }

  private boolean isClosed() {
    synchronized (running) {
      return closed;
    }
  }

  /**
   * Stops everything, in order, and returns when it has stopped, also to a second caller: a JVM
   * that is asked to end while it stops the stack must not be gone before that is done.
   */
  @Override
  public void close() {
    boolean first;
    synchronized (running) {
      first = !closed;
      closed = true;
    }
    if (first) {
      try {
        stopAll();
      } finally {
        stopped.countDown();
      }
    }
    awaitStopped();
  }

  private void stopAll() {
    progress.accept("Stopping …");
    starting.writeLock().lock(); // what is just starting is waited for, then stopped
    try {
      var failures = new ArrayList<String>();
      for (var piece : inStopOrder()) {
        stop(piece, failures);
      }
      stop(new Piece("the lock", lock::close), failures);
      failures.forEach(progress);
      progress.accept("Stopped.");
    } finally {
      starting.writeLock().unlock();
    }
  }

  private void awaitStopped() {
    try {
      if (!stopped.await(Limits.STACK_STOP.toSeconds(), TimeUnit.SECONDS)) {
        progress.accept("The stack did not stop in time.");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Piece> inStopOrder() {
    var order = List.of("liberty", "notes", "idp", "redis", "postgres");
    synchronized (running) {
      return running.stream()
          .sorted((a, b) -> Integer.compare(order.indexOf(kind(a)), order.indexOf(kind(b))))
          .toList();
    }
  }

  private static String kind(Piece piece) {
    return piece.name().startsWith("liberty") ? "liberty" : piece.name();
  }

  /** One piece that does not stop must not keep the others running. */
  private static void stop(Piece piece, List<String> failures) {
    try {
      piece.stop().run();
    } catch (RuntimeException failed) {
      failures.add("%s did not stop in order: %s".formatted(piece.name(), failed.getMessage()));
    }
  }

  /** What the stack was started with. */
  public StackSettings settings() {
    return settings;
  }

  /** The public API over HTTP. */
  public URI baseUri() {
    return liberty().baseUri();
  }

  /** A fresh token of the operator {@code operator@talos.test}, good for 12 hours. */
  public String operatorToken() {
    return issuer.token(
        "operator@talos.test", Set.of(OperatorIssuer.OPERATOR_GROUP), OPERATOR_TOKEN);
  }

  /**
   * The {@code wlp} folder of Open Liberty, unpacked where needed: for a test whose own tool starts
   * a server. All servers share it, so nothing may be written to it.
   */
  public static Path libertyInstallation(StackSettings settings, Consumer<String> progress) {
    return LibertyFolder.installation(settings, progress);
  }

  /**
   * The environment of a Liberty server on these services, named {@code node}: for a test whose own
   * tool starts a server. It holds secrets.
   */
  public Map<String, String> libertyEnvironment(String node) {
    return Map.copyOf(StackEnvironment.of(node, settings, secrets, issuer));
  }

  /** The dev identity provider. */
  public OperatorIssuer issuer() {
    return issuer;
  }

  /** The notes MCP server. */
  public NotesServer notes() {
    return notes;
  }

  /** The databases. */
  public PostgresCluster postgres() {
    return present(postgres);
  }

  /** Redis. */
  public RedisServer redis() {
    return redis;
  }

  /** The first Liberty server; there is none after {@link #startServices}. */
  public LibertyServer liberty() {
    return present(liberty);
  }

  /** A folder of the stack's data for what a caller keeps. */
  public Path folder(String name) {
    return Folders.create(settings.dataFolder().resolve(name));
  }

  private static <T> T present(@Nullable T piece) {
    if (piece == null) {
      throw new IllegalStateException("this piece of the stack was not started");
    }
    return piece;
  }
}
