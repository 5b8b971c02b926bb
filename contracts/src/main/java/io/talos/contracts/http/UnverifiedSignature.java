package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The signature labelled {@code talos} as a request carries it; well-formed, but nothing in it is
 * proved.
 *
 * <p>It has exactly the parameters created, expires, nonce, keyid, {@code alg="ed25519"} and {@code
 * tag="talos"}. Signatures under other labels, which a proxy may add, are read but not looked at;
 * one of them that bears the tag {@code talos} too makes the request ambiguous.
 *
 * <p>Source: RFC 9421 §2.3, §4.1, §4.2, §7.2.7.
 *
 * <p>Refuses with: {@link ErrorCode#AUTH_INVALID}, {@link ErrorCode#AUTH_AMBIGUOUS}.
 *
 * @param input the covered components and parameters, in the signer's order
 * @param created when the signer says it signed
 * @param expires when the signature stops being good; at this very instant it has stopped
 * @param nonce base64url of {@value Limits#NONCE_BYTES_MIN} to {@value Limits#NONCE_BYTES_MAX}
 *     bytes
 * @param keyId what names the key
 * @param signature 64 bytes
 */
public record UnverifiedSignature(
    FieldValue.InnerList input,
    Instant created,
    Instant expires,
    String nonce,
    String keyId,
    Bytes signature) {
  static final String LABEL = "talos";
  static final String TAG = "talos";
  static final String ALGORITHM = "ed25519";

  private static final Set<String> PARAMETERS =
      Set.of("created", "expires", "nonce", "keyid", "alg", "tag");

  /** Whether the request carries any signature, and so must carry a good one. */
  public static boolean isPresent(SignableMessage message) {
    return !message.header(Headers.SIGNATURE_INPUT).isEmpty()
        || !message.header(Headers.SIGNATURE).isEmpty();
  }

  /** Reads the signature of {@code message}. */
  public static UnverifiedSignature read(SignableMessage message) {
    Map<String, FieldValue> inputs = members(message, Headers.SIGNATURE_INPUT);
    Map<String, FieldValue> signatures = members(message, Headers.SIGNATURE);
    if (inputs.get(LABEL) instanceof FieldValue.InnerList input
        && signatures.get(LABEL) instanceof FieldValue.Item item
        && item.parameters().isEmpty()
        && item.value() instanceof FieldValue.Binary binary
        && binary.value().size() == Ed25519.SIGNATURE_SIZE) {
      refuseSecondTag(inputs);
      return of(input, binary.value());
    }
    throw refused("no well-formed signature with the label talos");
  }

  /** What the request calls its key, when that can be read at all; for the log only. */
  public static Optional<String> claimedKeyId(SignableMessage message) {
    try {
      return Optional.of(read(message).keyId());
    } catch (TalosException e) {
      return Optional.empty();
    }
  }

  /** The names of the covered components. */
  public List<String> components() {
    return input.items().stream().map(SignatureBase::componentName).toList();
  }

  private static Map<String, FieldValue> members(SignableMessage message, String header) {
    String value =
        Headers.combine(message.header(header), Limits.FIELD_CHARACTERS_MAX)
            .orElseThrow(() -> refused("Signature and Signature-Input come together"));
    return FieldReader.dictionary(value);
  }

  private static void refuseSecondTag(Map<String, FieldValue> inputs) {
    boolean second =
        inputs.entrySet().stream()
            .filter(member -> !member.getKey().equals(LABEL))
            .anyMatch(
                member ->
                    member.getValue() instanceof FieldValue.InnerList other
                        && new FieldValue.Text(TAG).equals(other.parameters().get("tag")));
    if (second) {
      throw new TalosException(ErrorCode.AUTH_AMBIGUOUS, "two signatures bear the tag talos");
    }
  }

  private static UnverifiedSignature of(FieldValue.InnerList input, Bytes signature) {
    if (!input.parameters().keySet().equals(PARAMETERS)) {
      throw refused("the parameters are not exactly those of the profile");
    }
    if (!text(input, "alg").equals(ALGORITHM) || !text(input, "tag").equals(TAG)) {
      throw refused("another algorithm or tag");
    }
    return new UnverifiedSignature(
        input,
        time(input, "created"),
        time(input, "expires"),
        nonce(input),
        keyId(input),
        signature);
  }

  private static String nonce(FieldValue.InnerList input) {
    String text = text(input, "nonce");
    int size;
    try {
      size = Base64Url.decode(text).size();
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "the nonce is not base64url", e);
    }
    if (size < Limits.NONCE_BYTES_MIN || size > Limits.NONCE_BYTES_MAX) {
      throw refused("the nonce is too short or too long");
    }
    return text;
  }

  private static String keyId(FieldValue.InnerList input) {
    String text = text(input, "keyid");
    if (text.isEmpty() || text.length() > Limits.KEY_ID_CHARACTERS_MAX) {
      throw refused("the key id is empty or too long");
    }
    return text;
  }

  private static String text(FieldValue.InnerList input, String name) {
    if (input.parameters().get(name) instanceof FieldValue.Text text) {
      return text.value();
    }
    throw refused("a parameter is not a string");
  }

  private static Instant time(FieldValue.InnerList input, String name) {
    // 15 digits of seconds always fit an Instant.
    if (input.parameters().get(name) instanceof FieldValue.Whole whole && whole.value() >= 0) {
      return Instant.ofEpochSecond(whole.value());
    }
    throw refused("a time is not an integer");
  }

  private static TalosException refused(String why) {
    return new TalosException(ErrorCode.AUTH_INVALID, why);
  }
}
