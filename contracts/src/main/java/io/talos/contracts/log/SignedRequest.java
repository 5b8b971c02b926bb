package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.http.ContentDigest;
import io.talos.contracts.http.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a caller signed, read back from the signature base.
 *
 * <p>Only plain components are understood; a component with parameters, one that stands twice, or a
 * list of covered components that differs from the lines is refused.
 *
 * <p>Source: RFC 9421 §2.5 (the base), §2.3 (its parameters), §2.2.1 and §2.2.2 (method and
 * target).
 *
 * @param components the covered components' values by name, in the signed order
 * @param keyId the key that the caller says it used
 * @param created when the caller says it signed
 * @param expires until when the caller meant it to be used
 */
public record SignedRequest(
    Map<String, String> components, String keyId, Instant created, Instant expires) {
  private static final String PARAMETERS = "\"@signature-params\": ";
  private static final String ALGORITHM = "ed25519";
  private static final String TAG = "talos";
  private static final Pattern LINE =
      Pattern.compile("\"(@?[!#$%&'*+.^_`|~0-9a-z-]{1,128})\": (.*)");
  private static final Pattern PARAMETER =
      Pattern.compile("\\G;([a-z][a-z0-9_.-]*)=(?:([0-9]{1,12})|\"([^\"\\\\]*)\")");

  /** Copies, keeping the order. */
  public SignedRequest {
    components = Collections.unmodifiableMap(new LinkedHashMap<>(components));
  }

  /**
   * Reads a signature base.
   *
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} when it is none of this profile
   */
  public static SignedRequest parse(Bytes base) {
    String[] lines = ascii(base).split("\n", -1);
    String last = lines[lines.length - 1];
    if (lines.length > Limits.BASE_LINES_MAX || !last.startsWith(PARAMETERS)) {
      throw invalid("no signature parameters");
    }
    Map<String, String> components = new LinkedHashMap<>();
    for (int i = 0; i < lines.length - 1; i++) {
      Matcher line = LINE.matcher(lines[i]);
      if (!line.matches() || components.put(line.group(1), line.group(2)) != null) {
        throw invalid("a line is not a plain component");
      }
    }
    String covered =
        components.keySet().stream()
            .map(name -> "\"" + name + "\"")
            .collect(Collectors.joining(" ", "(", ")"));
    String signed = last.substring(PARAMETERS.length());
    if (!signed.startsWith(covered)) {
      throw invalid("the covered components are not the lines");
    }
    return of(components, parameters(signed.substring(covered.length())));
  }

  private static SignedRequest of(Map<String, String> components, Map<String, String> parameters) {
    if (!ALGORITHM.equals(parameters.get("alg")) || !TAG.equals(parameters.get("tag"))) {
      throw invalid("another algorithm or purpose");
    }
    return new SignedRequest(
        components,
        required(parameters, "keyid"),
        Instant.ofEpochSecond(number(parameters, "created")),
        Instant.ofEpochSecond(number(parameters, "expires")));
  }

  private static Map<String, String> parameters(String text) {
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
      if (parameters.put(matcher.group(1), value) != null) {
        throw invalid("a parameter stands twice");
      }
      end = matcher.end();
    }
    if (end != text.length()) {
      throw invalid("unreadable parameters");
    }
    return parameters;
  }

  private static long number(Map<String, String> parameters, String name) {
    String value = required(parameters, name);
    if (!value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid(name + " is not a number");
    }
    return Long.parseLong(value);
  }

  private static String required(Map<String, String> values, String name) {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw invalid(name + " is missing");
    }
    return value;
  }

  /** The HTTP method. */
  public String method() {
    return required(components, "@method");
  }

  /** The whole target URI. */
  public String targetUri() {
    return required(components, "@target-uri");
  }

  /** SHA-256 of the body, when the caller signed one (RFC 9530 §2). */
  public Optional<Bytes> contentDigest() {
    return component(Headers.CONTENT_DIGEST).map(v -> ContentDigest.parse(v).sha256());
  }

  /** The capability header, when the caller signed one. */
  public Optional<String> capability() {
    return component(Headers.CAPABILITY);
  }

  private Optional<String> component(String name) {
    return Optional.ofNullable(components.get(name));
  }

  private static String ascii(Bytes base) {
    try {
      return StandardCharsets.US_ASCII
          .newDecoder()
          .decode(ByteBuffer.wrap(base.toArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new TalosException(ErrorCode.PROOF_INVALID, "a signature base is ASCII", e);
    }
  }

  private static TalosException invalid(String why) {
    return new TalosException(ErrorCode.PROOF_INVALID, "signature base: " + why);
  }
}
