package io.talos.bench.micro;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.ChannelIdentity;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.PrekeyBundle;
import io.talos.contracts.channel.Prekeys;
import io.talos.contracts.channel.Ratchet;
import io.talos.contracts.channel.RatchetState;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.channel.X3dh;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7Generator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the benchmarks work on, made by the product's own code. */
final class Samples {
  /** The one instant that everything is made and looked at. */
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** Size of a message. */
  static final int MESSAGE_BYTES = 1024;

  private static final Randomness RANDOMNESS = Randomness.secure();
  private static final Duration LIFETIME = Duration.ofDays(1);

  private Samples() {}

  /** Both ends of a fresh channel. */
  record Channel(Ed25519.KeyPair alice, RatchetState alices, RatchetState bobs) {}

  /** Alice, and Bob with his prekeys. */
  record Pair(Ed25519.KeyPair alice, ChannelIdentity alices, Prekeys bobs) {
    /** What a server hands out for Bob. */
    PrekeyBundle bundle() {
      return new PrekeyBundle(
          bobs.identity().certified(),
          bobs.newest().orElseThrow(),
          Optional.empty(),
          bobs.lastResort(),
          List.of());
    }

    /** Alice opens a channel that she offers these suites for, and Bob accepts it. */
    Channel channel(SpokenSuites offered) {
      String bob = bobs.identity().did();
      X3dh.Opened opened = X3dh.open(alices, bob, bundle(), offered, RANDOMNESS, NOW);
      X3dh.Accepted accepted = X3dh.accept(bobs, alices.did(), opened.message(), NOW);
      return new Channel(alice, opened.state(), accepted.state());
    }
  }

  /** Two agents who have not spoken yet. */
  static Pair pair() {
    Ed25519.KeyPair alice = Ed25519.generate(RANDOMNESS);
    Ed25519.KeyPair bob = Ed25519.generate(RANDOMNESS);
    ChannelIdentity alices = ChannelIdentity.generate(alice, RANDOMNESS);
    Prekeys bobs =
        Prekeys.none(ChannelIdentity.generate(bob, RANDOMNESS))
            .withSigned(bob, "s-1", NOW.plus(LIFETIME), SpokenSuites.ALL, RANDOMNESS)
            .withKem(bob, "l-1", KemPrekey.Kind.LAST_RESORT, NOW.plus(LIFETIME), RANDOMNESS);
    return new Pair(alice, alices, bobs);
  }

  /** A channel that Alice opened and Bob accepted. */
  static Channel channel() {
    return pair().channel(SpokenSuites.ALL);
  }

  /** A message of {@value #MESSAGE_BYTES} bytes. */
  static Bytes message() {
    return RANDOMNESS.bytes(MESSAGE_BYTES);
  }

  /** A frame that carries such a message. */
  static Frame frame() {
    Channel channel = channel();
    return Frame.sign(
        channel.alice(),
        new UuidV7Generator(RANDOMNESS).next(NOW),
        0,
        Ratchet.send(channel.alices(), message(), RANDOMNESS).message(),
        NOW,
        NOW.plus(LIFETIME));
  }
}
