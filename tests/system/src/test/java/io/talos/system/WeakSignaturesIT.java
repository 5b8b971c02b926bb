package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Multikey;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mallory uses what sloppy Ed25519 verifiers forgive: second forms of a signature, keys of small
 * order, keys with a part of small order. Each forgery is first shown to be one, by the JDK's
 * verifier or by arithmetic, so that the refusal is not for another reason.
 *
 * <p>Source: RFC 8032 §5.1.7; "Taming the many EdDSAs" (Chalkias, Garillot, Nikolaenko 2020).
 */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class WeakSignaturesIT {
  /** A point of order 8. */
  private static final String ORDER_8 =
      "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";

  private static final int TRIES_MAX = 1000;

  private final Stack stack;
  private final Http http;
  private final Identity bob;

  WeakSignaturesIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.bob = Agents.registered(stack);
  }

  /** The same signature with S + L for S: the same equation, another text. */
  private static Bytes secondForm(Bytes signature) {
    BigInteger s = EdwardsPoint.little(signature.slice(32, 64));
    return signature.slice(0, 32).concat(EdwardsPoint.bytes(s.add(EdwardsPoint.ORDER)));
  }

  @Test
  void bobs_signature_in_a_second_form_is_refused_and_his_own_still_counts() {
    Http.Answer second = Forge.whoami(stack, bob).signature(WeakSignaturesIT::secondForm).send();
    Http.Answer high =
        Forge.whoami(stack, bob)
            .signature(
                signature -> {
                  byte[] bytes = signature.toArray();
                  bytes[63] |= (byte) 0xe0;
                  return Bytes.of(bytes);
                })
            .send();

    assertThat(second.code()).isEqualTo("AUTH_INVALID_SIGNATURE");
    assertThat(high.code()).isEqualTo("AUTH_INVALID_SIGNATURE");
    assertThat(Forge.whoami(stack, bob).send().status()).isEqualTo(200);
  }

  @Test
  @Threat("T-CAPABILITYABUSE-01")
  void a_revoked_link_in_a_second_form_is_no_fresh_link() {
    Notes notes = stack.notes();
    UnverifiedCapability bobs = notes.grant(bob, 0);
    Link root = bobs.root();
    UnverifiedCapability second =
        new UnverifiedCapability(List.of(new Link(root.terms(), secondForm(root.signature()))));
    assertThat(second.root().hash()).isNotEqualTo(root.hash());
    Replies.granted(
        stack.operator().revoke(root.hash(), io.talos.client.RevocationReason.COMPROMISED));

    String code =
        stack
            .client()
            .send(notes.call(bob, second, Notes.READ, Notes.id("x")))
            .match(done -> "", refused -> refused.refusal().code());

    assertThat(code).isEqualTo("CAPABILITY_SIGNATURE_INVALID");
  }

  /** Every encoding of the eight points of small order, the sloppy ones too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
      })
  void a_key_of_small_order_names_nobody_and_signs_nothing(String hex) {
    Bytes key = Hex.decode(hex);
    // R = A and S = 0: for some messages that satisfies the equation, whoever asks.
    Bytes forged = key.concat(Bytes.of(new byte[32]));

    Http.Answer resolved = http.get("/1.0/identifiers/" + didOf(key));
    Http.Answer signed =
        Forge.whoami(stack, bob)
            .parameter("keyid", Forge.quoted(didOf(key)))
            .signing(base -> forged)
            .send();

    assertThat(resolved.status()).isEqualTo(400);
    assertThat(signed.code()).isEqualTo("AUTH_INVALID");
  }

  /** Numbers from p upwards are second names of numbers from 0 upwards. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 6, 9, 10, 14, 15, 16, 18})
  void a_key_that_is_written_beyond_the_field_names_nobody(int beyond) {
    Bytes key = EdwardsPoint.bytes(EdwardsPoint.P.add(BigInteger.valueOf(beyond)));

    assertThat(http.get("/1.0/identifiers/" + didOf(key)).status()).isEqualTo(400);
    assertThat(
            Forge.whoami(stack, bob)
                .parameter("keyid", Forge.quoted(didOf(key)))
                .signedBy(bob)
                .send()
                .code())
        .isEqualTo("AUTH_INVALID");
  }

  private static String didOf(Bytes key) {
    return "did:key:" + Multikey.ed25519(key).text();
  }

  /** Mallory's own key and a point of order 8: eight names for one secret. */
  private record Mixed(Bytes seed, Bytes key) {
    static Mixed fresh() {
      Bytes seed = Randomness.secure().bytes(32);
      Ed25519.KeyPair own = Ed25519.fromSeed(io.talos.contracts.SecretBytes.of(seed.toArray()));
      EdwardsPoint sum =
          EdwardsPoint.parse(own.publicKey()).plus(EdwardsPoint.parse(Hex.decode(ORDER_8)));
      return new Mixed(seed, sum.encoded());
    }

    /** A signature that verifies under {@link #key} wherever the challenge is a multiple of 8. */
    Optional<Bytes> sign(Bytes message, int attempt) {
      byte[] hash = sha512(seed);
      byte[] half = Arrays.copyOf(hash, 32);
      half[0] &= (byte) 0xf8;
      half[31] = (byte) ((half[31] & 0x7f) | 0x40);
      BigInteger secret = EdwardsPoint.little(Bytes.of(half));
      Bytes drawn = Bytes.of(sha512(seed.concat(message, Bytes.utf8("#" + attempt))));
      BigInteger r = EdwardsPoint.little(drawn).mod(EdwardsPoint.ORDER);
      Bytes point = timesBase(r);
      Bytes challenge = Bytes.of(sha512(point.concat(key, message)));
      BigInteger h = EdwardsPoint.little(challenge).mod(EdwardsPoint.ORDER);
      if (h.mod(BigInteger.valueOf(8)).signum() != 0) {
        return Optional.empty();
      }
      BigInteger s = r.add(h.multiply(secret)).mod(EdwardsPoint.ORDER);
      return Optional.of(point.concat(EdwardsPoint.bytes(s)));
    }

    private static Bytes timesBase(BigInteger factor) {
      EdwardsPoint base =
          EdwardsPoint.parse(
              Hex.decode("5866666666666666666666666666666666666666666666666666666666666666"));
      EdwardsPoint sum = new EdwardsPoint(BigInteger.ZERO, BigInteger.ONE);
      for (int bit = factor.bitLength() - 1; bit >= 0; bit--) {
        sum = sum.plus(sum);
        sum = factor.testBit(bit) ? sum.plus(base) : sum;
      }
      return sum.encoded();
    }

    private static byte[] sha512(Bytes bytes) {
      try {
        return MessageDigest.getInstance("SHA-512").digest(bytes.toArray());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static boolean jdkAccepts(Bytes key, Bytes message, Bytes signature) {
    byte[] big = key.toArray();
    boolean odd = (big[31] & 0x80) != 0;
    BigInteger y = EdwardsPoint.little(key).clearBit(255);
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(
                  new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, y))));
      verifier.update(message.toArray());
      return verifier.verify(signature.toArray());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static Bytes forgedBy(Mixed mixed, Bytes message) {
    for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
      Optional<Bytes> signature = mixed.sign(message, attempt);
      if (signature.isPresent() && jdkAccepts(mixed.key(), message, signature.get())) {
        return signature.get();
      }
    }
    throw new AssertionError("no forgery was found: the story would prove nothing");
  }

  @Test
  void a_key_with_a_part_of_small_order_names_nobody_although_the_jdk_verifies_its_signatures() {
    Mixed mixed = Mixed.fresh();
    String did = didOf(mixed.key());

    Http.Answer signed =
        Forge.whoami(stack, bob)
            .parameter("keyid", Forge.quoted(did))
            .signing(base -> forgedBy(mixed, base))
            .send();
    Http.Answer registration =
        Forge.of(stack, "POST", "/identity/agents", bob)
            .body(
                Json.createObjectBuilder()
                    .add("did", did)
                    .add(
                        "key_agreement",
                        Json.createObjectBuilder()
                            .add("public_key", Base64Url.encode(Randomness.secure().bytes(32)))
                            .add("signature", Base64Url.encode(Bytes.of(new byte[64]))))
                    .build()
                    .toString())
            .parameter("keyid", Forge.quoted(did))
            .signing(base -> forgedBy(mixed, base))
            .send();

    assertThat(signed.code()).isEqualTo("AUTH_INVALID");
    assertThat(registration.code()).isEqualTo("AUTH_INVALID");
    assertThat(http.get("/1.0/identifiers/" + did).status()).isEqualTo(400);
    assertThat(stack.count("select count(*) from identity.agent where did = '" + did + "'"))
        .isZero();
  }
}
