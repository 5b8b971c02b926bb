package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.mls.TreeKEM.LeafNode;
import org.bouncycastle.mls.TreeKEM.LifeTime;
import org.bouncycastle.mls.codec.Capabilities;
import org.bouncycastle.mls.codec.Credential;
import org.bouncycastle.mls.codec.KeyPackage;
import org.bouncycastle.mls.codec.MLSInputStream;
import org.bouncycastle.mls.codec.MLSMessage;

/**
 * A key package with its private halves: who holds it can be added while away. The private halves
 * never leave this object, and open one welcome.
 *
 * <p>Source: RFC 9420 §10.
 */
public final class OwnKeyPackage {
  private static final int SEED = 32;

  private final Bytes published;
  private final KeyPackage keyPackage;
  private final AsymmetricCipherKeyPair init;
  private final AsymmetricCipherKeyPair leaf;

  private OwnKeyPackage(
      Bytes published,
      KeyPackage keyPackage,
      AsymmetricCipherKeyPair init,
      AsymmetricCipherKeyPair leaf) {
    this.published = published;
    this.keyPackage = keyPackage;
    this.init = init;
    this.leaf = leaf;
  }

  /** A fresh one, good for {@link Limits#KEY_PACKAGE_LIFETIME} from {@code now}. */
  public static OwnKeyPackage generate(LeafOwner owner, Randomness randomness, Instant now) {
    return Mls.alone(
        "making a key package",
        () -> {
          AsymmetricCipherKeyPair init = pair(randomness);
          AsymmetricCipherKeyPair leaf = pair(randomness);
          byte[] seed = owner.signing().seed().reveal();
          LeafNode node =
              new LeafNode(
                  Mls.SUITE,
                  publicKey(leaf),
                  owner.signing().publicKey().toArray(),
                  Credential.forBasic(Bytes.utf8(owner.did().text()).toArray()),
                  new Capabilities(),
                  lifetime(now),
                  List.of(),
                  seed);
          KeyPackage made = new KeyPackage(Mls.SUITE, publicKey(init), node, List.of(), seed);
          return new OwnKeyPackage(Mls.bytes(MLSMessage.keyPackage(made)), made, init, leaf);
        });
  }

  private static AsymmetricCipherKeyPair pair(Randomness randomness) {
    return Mls.SUITE.getHPKE().deriveKeyPair(randomness.bytes(SEED).toArray());
  }

  private static byte[] publicKey(AsymmetricCipherKeyPair pair) {
    return Mls.SUITE.getHPKE().serializePublicKey(pair.getPublic());
  }

  private static LifeTime lifetime(Instant now) throws IOException {
    return new LifeTime(
        new MLSInputStream(
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(now.minus(Limits.CLOCK_SLACK).getEpochSecond())
                .putLong(now.plus(Limits.KEY_PACKAGE_LIFETIME).getEpochSecond())
                .array()));
  }

  /** What is published: an MLSMessage that holds the key package. */
  public Bytes published() {
    return published;
  }

  KeyPackage keyPackage() {
    return keyPackage;
  }

  LeafNode leafNode() {
    return keyPackage.getLeafNode();
  }

  byte[] initPrivateKey() {
    return Mls.SUITE.getHPKE().serializePrivateKey(init.getPrivate());
  }

  AsymmetricCipherKeyPair leafPair() {
    return leaf;
  }

  /** Nothing of the keys. */
  @Override
  public String toString() {
    return "OwnKeyPackage";
  }
}
