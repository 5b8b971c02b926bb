package io.talos.contracts.http;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Builds the bytes that a request's signature covers: one line for each covered component in the
 * order in which the signer names them, and the signature's parameters last.
 *
 * <p>Covered are header fields by their lower-case name and the derived components of a request
 * that need no parameter. A component that stands twice, is absent from the message, has a
 * parameter or is not known is refused, so a line never means less than it says.
 *
 * <p>Source: RFC 9421 §2.1, §2.2, §2.3, §2.5.
 *
 * <p>Refuses with: {@link ErrorCode#AUTH_INVALID}.
 */
public final class SignatureBase {
  private static final Pattern FIELD_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9a-z-]{1,128}");

  private final SignableMessage message;
  private final TargetUri target;

  private SignatureBase(SignableMessage message) {
    this.message = message;
    this.target = TargetUri.parse(message.targetUri());
  }

  /** The signature base of {@code message} under {@code input}. */
  public static Bytes of(SignableMessage message, FieldValue.InnerList input) {
    return new SignatureBase(message).build(input);
  }

  private Bytes build(FieldValue.InnerList input) {
    StringBuilder base = new StringBuilder();
    Set<String> seen = new HashSet<>();
    for (FieldValue.Item item : input.items()) {
      String name = componentName(item);
      if (!seen.add(name)) {
        throw refused("a component stands twice");
      }
      base.append('"').append(name).append("\": ").append(value(name)).append('\n');
    }
    base.append("\"@signature-params\": ").append(FieldText.of(input));
    return Bytes.utf8(base.toString());
  }

  /** The name of a covered component; only a plain string is one in this profile. */
  static String componentName(FieldValue.Item item) {
    if (item.value() instanceof FieldValue.Text text && item.parameters().isEmpty()) {
      return text.value();
    }
    throw refused("a component is no plain name");
  }

  private String value(String name) {
    return switch (name) {
      case "@method" -> method();
      case "@target-uri" -> target.text();
      case "@authority" -> target.authority();
      case "@scheme" -> target.scheme();
      case "@request-target" -> target.requestTarget();
      case "@path" -> target.path();
      case "@query" -> target.query().isEmpty() ? "?" : target.query();
      default -> field(name);
    };
  }

  private String method() {
    // The method is case-sensitive (RFC 9110 §9.1); anything but a plain word could end the line.
    if (!FIELD_NAME.matcher(message.method().toLowerCase(Locale.ROOT)).matches()) {
      throw refused("the method is no word");
    }
    return message.method();
  }

  private String field(String name) {
    if (!FIELD_NAME.matcher(name).matches()) {
      throw refused("a component is neither known nor a header's lower-case name");
    }
    return Headers.combine(message.header(name), Limits.COVERED_CHARACTERS_MAX)
        .orElseThrow(() -> refused("a covered header is absent"));
  }

  private static TalosException refused(String why) {
    return new TalosException(ErrorCode.AUTH_INVALID, why);
  }
}
