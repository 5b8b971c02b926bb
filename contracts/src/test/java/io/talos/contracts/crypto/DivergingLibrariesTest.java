package io.talos.contracts.crypto;

import static io.talos.contracts.crypto.PlainEdwards.L;
import static io.talos.contracts.crypto.PlainEdwards.P;
import static io.talos.contracts.crypto.PlainEdwards.challenge;
import static io.talos.contracts.crypto.PlainEdwards.littleEndian;
import static io.talos.contracts.crypto.PlainEdwards.scalar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.conformance.ConformanceFolder;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Mallory looks for a signature or a key that one node takes and another refuses, because each
 * computes by another library.
 */
@Threat("T-IMPERSONATION-01")
class DivergingLibrariesTest {
  private static final int MUTATIONS = 3_000;
  private static final int ORACLE_EVERY = 150;

  private static final List<Curves> NATIVE = new ArrayList<>();
  private static final Curves JAVA = new BouncyCastleCurves();

  private final Random random = new Random(25519);
  private final Randomness chance = random::nextBytes;

  @BeforeAll
  static void load_the_native_libraries() throws GeneralSecurityException {
    assumeFalse(
        "bouncycastle".equals(System.getProperty(CryptoProvider.PROPERTY)),
        "somebody said that native libraries are not for this machine");
    Curves conscrypt = new ConscryptCurves();
    NATIVE.clear();
    NATIVE.add(conscrypt);
    if (System.getProperty("os.arch").equals("amd64")
        && System.getProperty("os.name").equals("Linux")) {
      NATIVE.add(new CorrettoCurves(conscrypt));
    }
  }

  @Test
  void wycheproof_is_answered_alike() {
    JsonObject file =
        ConformanceFolder.read(
            ConformanceFolder.require("wycheproof").resolve("ed25519_test.json"));
    int asked = 0;

    for (JsonObject group : file.getJsonArray("testGroups").getValuesAs(JsonObject.class)) {
      Bytes key = Hex.decode(group.getJsonObject("publicKey").getString("pk"));
      for (JsonObject test : group.getJsonArray("tests").getValuesAs(JsonObject.class)) {
        Bytes signature = Hex.decode(test.getString("sig"));
        if (signature.size() == Ed25519.SIGNATURE_SIZE && Ed25519.isPublicKey(key)) {
          alike(key, Hex.decode(test.getString("msg")), signature);
          asked++;
        }
      }
    }

    assertThat(asked).isGreaterThan(100);
  }

  @Test
  void mutations_of_good_signatures_are_answered_alike_and_as_the_plain_oracle_says() {
    int accepted = 0;

    for (int i = 0; i < MUTATIONS; i++) {
      Ed25519.KeyPair alice = Ed25519.generate(chance);
      Bytes message = chance.bytes(random.nextInt(100));
      Bytes signature = mutated(alice.sign(message));

      boolean answer = alike(alice.publicKey(), message, signature);
      accepted += answer ? 1 : 0;
      if (i % ORACLE_EVERY == 0) {
        assertThat(answer).isEqualTo(PlainEdwards.verifies(alice.publicKey(), message, signature));
      }
    }

    assertThat(accepted).isBetween(MUTATIONS / 20, MUTATIONS / 2);
  }

  private Bytes mutated(Bytes signature) {
    Bytes r = signature.slice(0, 32);
    Bytes s = signature.slice(32, 64);
    return switch (random.nextInt(8)) {
      case 0 -> signature;
      case 1 -> flipped(signature, random.nextInt(512));
      case 2 -> r.concat(littleEndian(littleEndian(s).add(L)));
      case 3 -> r.concat(littleEndian(L.subtract(littleEndian(s))));
      case 4 -> r.concat(chance.bytes(32));
      case 5 -> chance.bytes(32).concat(s);
      case 6 -> flipped(r, 255).concat(s);
      default -> s.concat(r);
    };
  }

  @Test
  void a_signer_who_adds_a_point_of_small_order_to_r_is_refused_by_all() {
    int bouncyCastleAloneWouldAccept = 0;
    for (int i = 0; i < 16; i++) {
      Bytes seed = chance.bytes(32);
      Bytes key = Ed25519.fromSeed(SecretBytes.of(seed.toArray())).publicKey();
      BigInteger nonce = littleEndian(chance.bytes(32)).mod(L);
      Bytes message = chance.bytes(20);
      for (PlainEdwards.Point torsion : PlainEdwards.smallOrder()) {
        Bytes r = PlainEdwards.BASE.times(nonce).plus(torsion).encoded();
        Bytes signature = r.concat(answer(nonce, r, key, message, seed));

        boolean honest = torsion.equals(PlainEdwards.NEUTRAL);
        assertThat(alike(key, message, signature)).isEqualTo(honest);
        bouncyCastleAloneWouldAccept +=
            !honest && bouncyCastleAlone(key, message, signature) ? 1 : 0;
      }
    }

    assertThat(bouncyCastleAloneWouldAccept).as("the check of R bites").isPositive();
  }

  private static boolean bouncyCastleAlone(Bytes key, Bytes message, Bytes signature) {
    return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
        signature.toArray(), 0, key.toArray(), 0, message.toArray(), 0, message.size());
  }

  @Test
  void a_neutral_r_is_refused_by_all_although_the_equation_holds() {
    Bytes seed = chance.bytes(32);
    Bytes key = Ed25519.fromSeed(SecretBytes.of(seed.toArray())).publicKey();
    Bytes message = Bytes.utf8("my nonce is zero");
    Bytes r = PlainEdwards.NEUTRAL.encoded();

    Bytes signature = r.concat(answer(BigInteger.ZERO, r, key, message, seed));

    assertThat(alike(key, message, signature)).isFalse();
  }

  /** S for a chosen R. */
  private static Bytes answer(BigInteger nonce, Bytes r, Bytes key, Bytes message, Bytes seed) {
    BigInteger k = challenge(r, key, message);
    return littleEndian(nonce.add(k.multiply(scalar(seed))).mod(L));
  }

  @Test
  void keys_of_small_and_of_mixed_order_and_in_foreign_encodings_are_no_keys() {
    PlainEdwards.Point full = PlainEdwards.BASE.times(BigInteger.valueOf(7));
    List<Bytes> bad = new ArrayList<>();
    for (PlainEdwards.Point torsion : PlainEdwards.smallOrder()) {
      bad.add(torsion.encoded());
      if (!torsion.equals(PlainEdwards.NEUTRAL)) {
        bad.add(full.plus(torsion).encoded());
      }
    }
    for (int above = 0; above < 19; above++) {
      Bytes y = littleEndian(P.add(BigInteger.valueOf(above)));
      bad.add(y);
      bad.add(flipped(y, 255));
    }
    bad.add(flipped(PlainEdwards.NEUTRAL.encoded(), 255));

    assertThat(Ed25519.isPublicKey(full.encoded())).isTrue();
    assertThat(bad).hasSize(54).noneMatch(Ed25519::isPublicKey);
    assertThat(bad)
        .noneMatch(key -> Ed25519.verify(key, Bytes.empty(), key.concat(littleEndian(L))));
  }

  @Test
  void all_make_the_same_signatures_and_the_same_secrets() {
    for (int i = 0; i < 200; i++) {
      byte[] seed = chance.bytes(32).toArray();
      byte[] key = Ed25519.fromSeed(SecretBytes.of(seed)).publicKey().toArray();
      byte[] message = chance.bytes(random.nextInt(300)).toArray();
      byte[] theirs = chance.bytes(32).toArray();
      byte[] signature = JAVA.sign(seed, key, message);
      byte[] secret = new byte[32];
      boolean agreed = JAVA.agree(seed, theirs, secret);

      for (Curves curves : NATIVE) {
        byte[] other = new byte[32];
        assertThat(curves.sign(seed, key, message)).as(curves.name()).isEqualTo(signature);
        assertThat(curves.agree(seed, theirs, other)).as(curves.name()).isEqualTo(agreed);
        assertThat(other).as(curves.name()).isEqualTo(secret);
      }
    }
  }

  @Test
  void all_refuse_the_same_points_of_low_order() {
    byte[] own = chance.bytes(32).toArray();
    BigInteger minusOne = P.subtract(BigInteger.ONE);
    for (BigInteger u :
        List.of(BigInteger.ZERO, BigInteger.ONE, minusOne, P, P.add(BigInteger.ONE))) {
      for (BigInteger encoding : List.of(u, u.setBit(255))) {
        byte[] theirs = littleEndian(encoding).toArray();

        assertThat(NATIVE).noneMatch(curves -> curves.agree(own, theirs, new byte[32]));
        assertThat(JAVA.agree(own, theirs, new byte[32])).isFalse();
      }
    }
  }

  @Test
  void whoever_asks_for_a_library_gets_it_or_nothing() {
    for (String library : List.of("conscrypt", "bouncycastle")) {
      assertThat(CryptoProvider.choose(library).name()).startsWith(library);
    }
    assertThat(CryptoProvider.choose("auto").name()).startsWith(last(NATIVE).name());
  }

  private static Curves last(List<Curves> curves) {
    return curves.get(curves.size() - 1);
  }

  @Test
  void a_setting_that_nobody_knows_stops_the_start() {
    assertThatThrownBy(() -> CryptoProvider.choose("openssl"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(CryptoProvider.PROPERTY);
  }

  private static boolean alike(Bytes key, Bytes message, Bytes signature) {
    byte[] text = message.toArray();
    boolean one = JAVA.verifier(key).verify(text, signature.toArray());

    for (Curves curves : NATIVE) {
      boolean other = curves.verifier(key).verify(text, signature.toArray());
      assertThat(other).as(curves.name()).isEqualTo(one);
    }
    assertThat(Ed25519.verify(key, message, signature)).isEqualTo(one);
    return one;
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    byte[] array = bytes.toArray();
    array[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(array);
  }
}
