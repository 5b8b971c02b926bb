package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Ratchet;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.Received;
import io.talos.contracts.crypto.Randomness;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The Double Ratchet in memory: 1 KiB, padded to 4 KiB, from Alice to Bob. Always the same way, no
 * new key is agreed on; to and fro, there is one for each message. No frame signature, nothing
 * stored.
 */
@State(Scope.Benchmark)
public class RatchetBenchmark {
  private final Randomness randomness = Randomness.secure();
  private final Bytes message = Samples.message();
  private RatchetState alices = Samples.channel().alices();
  private RatchetState bobs = alices;

  /** A fresh channel for each iteration keeps message numbers small. */
  @Setup(Level.Iteration)
  public void open() {
    Samples.Channel channel = Samples.channel();
    alices = channel.alices();
    bobs = channel.bobs();
  }

  /** Alice encrypts, Bob decrypts. */
  @Benchmark
  public Bytes oneWay() {
    Ratchet.Sent sent = Ratchet.send(alices, message, randomness);
    alices = sent.next();
    Received.Opened opened = Ratchet.receive(bobs, sent.message()).orThrow();
    bobs = opened.next();
    return opened.plaintext();
  }

  /** One message to Bob and one back, each with a new ratchet key. */
  @Benchmark
  public Bytes pingPong() {
    oneWay();
    Ratchet.Sent sent = Ratchet.send(bobs, message, randomness);
    bobs = sent.next();
    Received.Opened opened = Ratchet.receive(alices, sent.message()).orThrow();
    alices = opened.next();
    return opened.plaintext();
  }
}
