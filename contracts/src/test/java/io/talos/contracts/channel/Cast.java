package io.talos.contracts.channel;

import static io.talos.contracts.channel.KemPrekey.Kind.LAST_RESORT;
import static io.talos.contracts.channel.KemPrekey.Kind.ONE_TIME;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.X25519;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Who plays in the stories, always with the same keys. */
final class Cast {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00.000Z");
  static final Instant PREKEY_END = Instant.parse("2026-03-08T12:00:00.000Z");

  final Ed25519.KeyPair aliceSigning = signing("alice");
  final Ed25519.KeyPair bobSigning = signing("bob");
  final Ed25519.KeyPair mallorySigning = signing("mallory");
  final ChannelIdentity alice = identity(aliceSigning, "alice");
  final ChannelIdentity bob = identity(bobSigning, "bob");
  final ChannelIdentity mallory = identity(mallorySigning, "mallory");
  final Prekeys bobsPrekeys = prekeys(bob, bobSigning, "bob");
  final Prekeys mallorysPrekeys = prekeys(mallory, mallorySigning, "mallory");

  /** Alice's and Bob's ends of one channel. */
  record Channel(RatchetState alice, RatchetState bob) {}

  static Ed25519.KeyPair signing(String who) {
    return Ed25519.fromSeed(SecretBytes.of(Sha256.of(Bytes.utf8("signing:" + who)).toArray()));
  }

  private static ChannelIdentity identity(Ed25519.KeyPair signer, String who) {
    return ChannelIdentity.generate(signer, dice("identity:" + who));
  }

  private static Prekeys prekeys(ChannelIdentity identity, Ed25519.KeyPair signer, String who) {
    return Prekeys.none(identity)
        .withSigned(signer, "spk-1", PREKEY_END, SpokenSuites.ALL, dice("spk:" + who))
        .withOneTime("otk-1", dice("otk-1:" + who))
        .withOneTime("otk-2", dice("otk-2:" + who))
        .withKem(signer, "kem-last", LAST_RESORT, PREKEY_END, dice("kem-last:" + who))
        .withKem(signer, "kem-1", ONE_TIME, PREKEY_END, dice("kem-1:" + who))
        .withKem(signer, "kem-2", ONE_TIME, PREKEY_END, dice("kem-2:" + who));
  }

  /** Chance that falls the same way each time: SHA-256 of the label and a counter. */
  static Randomness dice(String label) {
    int[] counter = {0};
    return target -> {
      for (int at = 0; at < target.length; at += Sha256.SIZE) {
        byte[] block = Sha256.of(Bytes.utf8(label + ":" + counter[0]++)).toArray();
        System.arraycopy(block, 0, target, at, Math.min(block.length, target.length - at));
      }
    };
  }

  /** What a server hands out for an agent, with one of its one-time prekeys. */
  static PrekeyBundle bundle(Prekeys own, String oneTimeId) {
    return bundle(own, oneTimeId, "kem-1");
  }

  /** The same, with this KEM prekey. */
  static PrekeyBundle bundle(Prekeys own, String oneTimeId, String kemId) {
    X25519.KeyPair oneTime = own.oneTime().get(oneTimeId);
    return new PrekeyBundle(
        own.identity().certified(),
        own.newest().orElseThrow(),
        Optional.ofNullable(oneTime).map(pair -> new OneTimePrekey(oneTimeId, pair.publicKey())),
        Optional.ofNullable(own.kem().get(kemId)).map(Prekeys.Kem::prekey),
        List.of());
  }

  /** A key pair that must be there. */
  static <T> T own(Map<String, T> keys, String id) {
    return Objects.requireNonNull(keys.get(id), id);
  }

  X3dh.Opened aliceOpens() {
    return X3dh.open(alice, bob.did(), bundle(bobsPrekeys, "otk-1"), dice("alice opens"), NOW);
  }

  /** A channel that both ends have. */
  Channel channel() {
    X3dh.Opened opened = aliceOpens();
    return new Channel(
        opened.state(), X3dh.accept(bobsPrekeys, alice.did(), opened.message(), NOW).state());
  }

  static Bytes flipped(Bytes bytes, int bit) {
    byte[] copy = bytes.toArray();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(copy);
  }

  static RatchetMessage withHeader(RatchetMessage message, Bytes header) {
    return new RatchetMessage(header, message.ciphertext());
  }

  /** The points that yield an all-zero secret: RFC 7748 §6.1; the orders 1, 2, 4 and 8. */
  static Bytes lowOrderPoint(int which) {
    byte[] point = new byte[X25519.SIZE];
    switch (which) {
      case 0 -> {}
      case 1 -> point[0] = 1;
      case 2 -> {
        Arrays.fill(point, (byte) 0xFF);
        point[0] = (byte) 0xEC; // p - 1
        point[31] = 0x7F;
      }
      case 3 -> {
        Arrays.fill(point, (byte) 0xFF);
        point[0] = (byte) 0xED; // p, which is 0
        point[31] = 0x7F;
      }
      case 4 -> {
        Arrays.fill(point, (byte) 0xFF);
        point[0] = (byte) 0xEE; // p + 1, which is 1
        point[31] = 0x7F;
      }
      default -> throw new IllegalArgumentException("no such point");
    }
    return Bytes.of(point);
  }

  /** How many {@link #lowOrderPoint}s there are. */
  static final int LOW_ORDER_POINTS = 5;
}
