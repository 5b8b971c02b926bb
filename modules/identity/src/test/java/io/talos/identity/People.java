package io.talos.identity;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Registration;
import io.talos.identity.authentication.Roles;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** Alice, Bob and Mallory, with their keys. */
public enum People {
  ALICE(1),
  BOB(2),
  MALLORY(3);

  /** When the stories play. */
  public static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private final int number;

  People(int number) {
    this.number = number;
  }

  public Ed25519.KeyPair signing() {
    return Ed25519.fromSeed(SecretBytes.of(filled(0x10 + number)));
  }

  public Did did() {
    return Did.ofKey(signing().publicKey());
  }

  public Principal principal() {
    return new Principal(PrincipalKind.AGENT, did().text(), Roles.AGENT, AuthMode.SIGNED);
  }

  public IdentityKey keyAgreement() {
    return IdentityKey.certify(signing(), x25519(0x20 + number));
  }

  public Registration registration() {
    return new Registration(keyAgreement(), Optional.empty());
  }

  public Agent agent() {
    return registration().agent(NOW);
  }

  public SignedPrekey signedPrekey(String id, Instant expiresAt) {
    return signedPrekey(id, expiresAt, SpokenSuites.of(Suite.TALOS_X3DH_2));
  }

  public SignedPrekey signedPrekey(String id, Instant expiresAt, SpokenSuites suites) {
    return SignedPrekey.sign(signing(), id, x25519(0x30 + id.hashCode() % 16), expiresAt, suites);
  }

  /** A KEM prekey; the same number gives the same key. */
  public KemPrekey kemPrekey(int number, KemPrekey.Kind kind, Instant expiresAt) {
    byte[] seed = new byte[MlKem768.SEED_SIZE];
    Arrays.fill(seed, (byte) number);
    return KemPrekey.sign(
        did(),
        signing(),
        "kem-" + number,
        kind,
        MlKem768.fromSeed(SecretBytes.of(seed)).publicKey(),
        expiresAt);
  }

  /** The public key of a private key that is one byte repeated. */
  public static Bytes x25519(int fill) {
    return X25519.fromPrivate(SecretBytes.of(filled(fill))).publicKey();
  }

  public static OneTimePrekey oneTime(int number) {
    return new OneTimePrekey("one-" + number, x25519(0x80 + number));
  }

  private static byte[] filled(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    bytes[0] = (byte) (fill >>> 8);
    return bytes;
  }
}
