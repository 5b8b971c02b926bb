package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Hkdf;
import io.talos.contracts.crypto.HmacSha256;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.X25519;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The shared secrets of a key agreement, and what is derived from them; {@link X3dh} says how. */
final class Agreement {
  private Agreement() {}

  /** What both sides have then. */
  record Secrets(Bytes context, SecretBytes rootKey, Bytes confirmation) {}

  /** The initiator's: its identity key, its fresh key, and the KEM's secret, if there is one. */
  static List<SecretBytes> initiator(
      SecretBytes identity,
      SecretBytes ephemeral,
      Transcript transcript,
      Optional<SecretBytes> kemSecret) {
    List<SecretBytes> secrets = new ArrayList<>();
    secrets.add(X25519.agree(identity, transcript.signedPrekey()));
    secrets.add(X25519.agree(ephemeral, transcript.responderKey()));
    secrets.add(X25519.agree(ephemeral, transcript.signedPrekey()));
    transcript
        .oneTimePrekey()
        .ifPresent(prekey -> secrets.add(X25519.agree(ephemeral, prekey.publicKey())));
    kemSecret.ifPresent(secrets::add);
    return secrets;
  }

  /** The responder's, in the same order. */
  static List<SecretBytes> responder(
      SecretBytes identity,
      SecretBytes signedPrekey,
      Optional<X25519.KeyPair> oneTime,
      Optional<MlKem768.KeyPair> kem,
      Transcript transcript) {
    Bytes ephemeral = transcript.ephemeralKey();
    List<SecretBytes> secrets = new ArrayList<>();
    secrets.add(X25519.agree(signedPrekey, transcript.initiator().publicKey()));
    secrets.add(X25519.agree(identity, ephemeral));
    secrets.add(X25519.agree(signedPrekey, ephemeral));
    oneTime.ifPresent(pair -> secrets.add(X25519.agree(pair.privateKey(), ephemeral)));
    kem.ifPresent(
        pair -> secrets.add(MlKem768.decapsulate(pair, transcript.kemCiphertext().orElseThrow())));
    return secrets;
  }

  /** Derives from the secrets, which are wiped then. */
  static Secrets derive(Transcript transcript, List<SecretBytes> secrets) {
    String labels = transcript.suite().hasKem() ? "talos:pqxdh-2:" : "talos:x3dh-2:";
    Bytes context = transcript.context();
    try (SecretBytes material = material(secrets);
        SecretBytes both =
            Hkdf.derive(
                material, Bytes.empty(), Bytes.utf8(labels + "secret:v1\n").concat(context), 64)) {
      Halves halves = Halves.of(both);
      try (SecretBytes confirmationKey = halves.second()) {
        return new Secrets(
            context,
            halves.first(),
            HmacSha256.tag(
                confirmationKey, Bytes.utf8(labels + "confirmation:v1\n").concat(context)));
      }
    }
  }

  /** 32 bytes FF, which no encoding of a point is, then the secrets. */
  static SecretBytes material(List<SecretBytes> secrets) {
    ByteBuffer material = ByteBuffer.allocate((1 + secrets.size()) * X25519.SIZE);
    Arrays.fill(material.array(), 0, X25519.SIZE, (byte) 0xFF);
    material.position(X25519.SIZE);
    try {
      for (SecretBytes secret : secrets) {
        byte[] clear = secret.reveal();
        material.put(clear);
        Arrays.fill(clear, (byte) 0);
        secret.close();
      }
      return SecretBytes.of(material.array());
    } finally {
      Arrays.fill(material.array(), (byte) 0);
    }
  }
}
