package io.talos.bench.signal;

import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.signal.libsignal.protocol.InvalidKeyException;
import org.signal.libsignal.protocol.UntrustedIdentityException;

/**
 * Two agents who speak by libsignal, with its stores in memory: the peer of {@code Ratchet}. Its
 * time includes its post-quantum ratchet, which Talos has no part of; it writes its session to the
 * store with each message, as its interface wants it.
 */
@State(Scope.Benchmark)
public class LibsignalBenchmark {
  private static final int MESSAGE_BYTES = 1024;

  private final byte[] message = new byte[MESSAGE_BYTES];
  private SignalAgent alice = new SignalAgent("alice");
  private SignalAgent bob = new SignalAgent("bob");

  /** A fresh session in which both have spoken, so that no message carries prekeys any more. */
  @Setup(Level.Iteration)
  public void open() throws InvalidKeyException, UntrustedIdentityException {
    new Random(1).nextBytes(message);
    alice = new SignalAgent("alice");
    bob = new SignalAgent("bob");
    alice.openTo(bob);
    bob.receiveFirst(alice, alice.send(bob, message));
    alice.receive(bob, bob.send(alice, message));
  }

  /** Alice encrypts 1 KiB, Bob decrypts; always the same way. */
  @Benchmark
  public byte[] oneWay() {
    return bob.receive(alice, alice.send(bob, message));
  }

  /** One message of 1 KiB each way, so each has a new key agreed on. */
  @Benchmark
  public byte[] pingPong() {
    bob.receive(alice, alice.send(bob, message));
    return alice.receive(bob, bob.send(alice, message));
  }

  /** Two new agents' session, from Bob's prekeys to his plaintext of the first message. */
  @Benchmark
  public byte[] setUp() throws InvalidKeyException, UntrustedIdentityException {
    SignalAgent carol = alice.withoutSessions("carol");
    carol.openTo(bob);
    return bob.receiveFirst(carol, carol.send(bob, message));
  }
}
