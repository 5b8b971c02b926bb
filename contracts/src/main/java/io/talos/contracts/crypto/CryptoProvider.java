package io.talos.contracts.crypto;

import io.talos.contracts.Bytes;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which library computes Ed25519 and X25519 in this JVM: native code where it loads and passes its
 * self-test (Corretto for Ed25519, Conscrypt for X25519 and where there is no Corretto),
 * BouncyCastle otherwise. All accept and refuse the same. Chosen once, when the first key is used;
 * the JVM's list of providers stays as it is.
 *
 * <p>The system property {@value #PROPERTY}, or the environment's {@code TALOS_CRYPTO_PROVIDER},
 * says {@code auto} (the default), {@code bouncycastle}, or {@code corretto} or {@code conscrypt},
 * which refuse to go on without that native library.
 *
 * <p>Source of the self-test: RFC 8032 §7.1 TEST 2.
 */
public final class CryptoProvider {
  /** The system property that overrides the choice. */
  public static final String PROPERTY = "talos.crypto.provider";

  private static final String VARIABLE = "TALOS_CRYPTO_PROVIDER";
  private static final byte[] TEST_SEED =
      hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  private static final byte[] TEST_KEY =
      hex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  private static final byte[] TEST_MESSAGE = hex("72");
  private static final byte[] TEST_SIGNATURE =
      hex(
          "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");

  /** The choice of this JVM. */
  private static final CryptoProvider CHOSEN = choose(wanted());

  private final Curves curves;
  private final PublicKeys keys;
  private final String description;

  private CryptoProvider(Curves curves, String description) {
    this.curves = curves;
    this.keys = new PublicKeys(curves, Randomness.secure());
    this.description = description;
  }

  /** The library's name and version, and why it is not a better one, for a log line. */
  public static String describe() {
    return CHOSEN.description;
  }

  String name() {
    return description;
  }

  static Curves curves() {
    return CHOSEN.curves;
  }

  static PublicKeys keys() {
    return CHOSEN.keys;
  }

  /** What the property or the environment says; {@code auto} when neither does. */
  public static String wanted() {
    @Nullable String variable = System.getenv(VARIABLE);
    return System.getProperty(PROPERTY, Objects.requireNonNullElse(variable, "auto"));
  }

  static CryptoProvider choose(String wanted) {
    return switch (wanted) {
      case "bouncycastle" -> of(new BouncyCastleCurves(), "");
      case "conscrypt" -> nativeOrNone(ConscryptCurves::new);
      case "corretto" -> nativeOrNone(CryptoProvider::corretto);
      case "auto" -> firstThatLoads();
      default ->
          throw new IllegalArgumentException(
              PROPERTY + " is auto, corretto, conscrypt or bouncycastle, not " + wanted);
    };
  }

  /** A native library, which may be missing on this machine. */
  private interface Loading {
    Curves load() throws GeneralSecurityException;
  }

  private static CryptoProvider firstThatLoads() {
    StringBuilder remarks = new StringBuilder();
    List<Loading> best = List.of(CryptoProvider::corretto, ConscryptCurves::new);
    for (Loading library : best) {
      try {
        return of(tested(library.load()), remarks.toString());
      } catch (LinkageError | GeneralSecurityException | IllegalStateException e) {
        remarks.append(" (not native: ").append(e).append(')');
      }
    }
    return of(new BouncyCastleCurves(), remarks.toString());
  }

  private static Curves corretto() throws GeneralSecurityException {
    return new CorrettoCurves(montgomery());
  }

  private static Curves montgomery() {
    try {
      return tested(new ConscryptCurves());
    } catch (LinkageError | GeneralSecurityException | IllegalStateException e) {
      return new BouncyCastleCurves();
    }
  }

  private static CryptoProvider nativeOrNone(Loading library) {
    try {
      return of(tested(library.load()), "");
    } catch (LinkageError | GeneralSecurityException e) {
      throw new IllegalStateException("the native library cannot be used", e);
    }
  }

  private static CryptoProvider of(Curves curves, String remark) {
    return new CryptoProvider(curves, curves.name() + remark);
  }

  /** A library that loads and computes something else is worse than none. */
  private static Curves tested(Curves curves) {
    byte[] signature = curves.sign(TEST_SEED, TEST_KEY, TEST_MESSAGE);
    boolean right = ConstantTime.equal(signature, TEST_SIGNATURE);
    Curves.Verifier verifier = curves.verifier(Bytes.of(TEST_KEY));
    boolean accepts = verifier.verify(TEST_MESSAGE, TEST_SIGNATURE);
    boolean refuses = !verifier.verify(TEST_SEED, TEST_SIGNATURE);
    if (!(right && accepts && refuses)) {
      throw new IllegalStateException("the native library fails its self-test");
    }
    return curves;
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
