package io.talos.bench.micro;

import io.talos.client.state.SealKey;
import io.talos.client.state.StateFolder;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.Ratchet;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.Received;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What {@code Ratchet.oneWay} leaves out: the frame's signature, and the states on disk. */
@State(Scope.Benchmark)
public class FrameBenchmark {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000Z");
  private static final Duration LIFETIME = Duration.ofMinutes(30);
  private static final String NAME = "state";

  private final Randomness randomness = Randomness.secure();
  private final Bytes message = Samples.message();
  private final UuidV7 session = new UuidV7Generator(randomness).next(NOW);
  private Samples.Channel channel = Samples.channel();
  private RatchetState alices = channel.alices();
  private RatchetState bobs = channel.bobs();
  private long sequence;
  private @Nullable Path folder;
  private @Nullable StateFolder alicesDisk;
  private @Nullable StateFolder bobsDisk;

  /** Two folders for states, each sealed under a key. */
  @Setup(Level.Trial)
  public void makeFolders() throws IOException {
    Path made = Files.createTempDirectory("talos-bench");
    folder = made;
    alicesDisk = disk(made.resolve("alice"));
    bobsDisk = disk(made.resolve("bob"));
  }

  private StateFolder disk(Path path) {
    SealKey key = SealKey.of(SecretBytes.of(randomness.bytes(32).toArray()));
    return StateFolder.create(path, key, Did.ofKey(channel.alice().publicKey()), randomness);
  }

  /** Removes them. */
  @TearDown(Level.Trial)
  public void removeFolders() throws IOException {
    Objects.requireNonNull(alicesDisk).close();
    Objects.requireNonNull(bobsDisk).close();
    try (var paths = Files.walk(Objects.requireNonNull(folder))) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** A fresh channel for each iteration keeps message numbers small. */
  @Setup(Level.Iteration)
  public void open() {
    channel = Samples.channel();
    alices = channel.alices();
    bobs = channel.bobs();
    sequence = 0;
  }

  /** Alice encrypts and signs, Bob verifies and decrypts; in memory. */
  @Benchmark
  public Bytes oneWaySigned() {
    Frame frame = sealed();
    return opened(frame);
  }

  /** The same, and each side's new state is forced to disk before the next step. */
  @Benchmark
  public Bytes oneWayDurable() {
    Frame frame = sealed();
    Objects.requireNonNull(alicesDisk).write(NAME, alices.encode());
    Bytes plaintext = opened(frame);
    Objects.requireNonNull(bobsDisk).write(NAME, bobs.encode());
    return plaintext;
  }

  private Frame sealed() {
    Ratchet.Sent sent = Ratchet.send(alices, message, randomness);
    alices = sent.next();
    return Frame.sign(
        channel.alice(), session, sequence++, sent.message(), NOW, NOW.plus(LIFETIME));
  }

  private Bytes opened(Frame frame) {
    Frame genuine =
        frame
            .content()
            .check(channel.alice().publicKey(), NOW)
            .match(
                UnverifiedFrame.Genuine::frame,
                refused -> {
                  throw new IllegalStateException("the frame is genuine");
                });
    Received.Opened opened = Ratchet.receive(bobs, genuine.message()).orThrow();
    bobs = opened.next();
    return opened.plaintext();
  }
}
