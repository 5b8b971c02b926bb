package io.talos.identity.authentication;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.http.SignableMessage;
import io.talos.contracts.http.UnverifiedSignature;
import io.talos.contracts.port.OperatorToken;
import io.talos.contracts.port.UnverifiedRequest;
import io.talos.identity.keys.VirtualKeyText;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The one credential that a request carries. It is recognised by its form only; nothing is proved.
 *
 * <p>A request with two credentials is refused: which of them counts must not depend on the order
 * in which somebody looks. An operator's token counts only when it came in the {@code
 * Authorization} header, never as something that a browser adds by itself.
 *
 * <p>Source: RFC 6750 §2.1 (bearer tokens).
 */
public sealed interface Credential {
  /** The request is signed, well or badly. */
  record Signature() implements Credential {}

  /** A client of Talos 1.x attested the request, well or badly. */
  record Attested() implements Credential {}

  /** A virtual key. */
  record Key(VirtualKeyText text) implements Credential {}

  /** An operator's token, verified by the server. */
  record Operator(OperatorToken token) implements Credential {}

  /**
   * None that can be used.
   *
   * @param why for the log
   */
  record Unusable(ErrorCode code, String why) implements Credential {}

  /** Answers by the kind of credential. */
  default <R> R match(
      Function<Signature, R> signature,
      Function<Attested, R> attested,
      Function<Key, R> key,
      Function<Operator, R> operator,
      Function<Unusable, R> unusable) {
    if (this instanceof Signature signed) {
      return signature.apply(signed);
    }
    if (this instanceof Attested old) {
      return attested.apply(old);
    }
    if (this instanceof Key bearer) {
      return key.apply(bearer);
    }
    if (this instanceof Operator token) {
      return operator.apply(token);
    }
    return unusable.apply((Unusable) this);
  }

  /** The credential of {@code request}. */
  static Credential of(UnverifiedRequest request) {
    boolean signed = UnverifiedSignature.isPresent(SignableMessage.of(request));
    List<String> authorization = request.header("authorization");
    boolean bearer = !authorization.isEmpty() || request.operator().isPresent();
    boolean attested = Attestation.isPresent(request);
    if (authorization.size() > 1 || (signed && bearer) || (attested && (signed || bearer))) {
      return new Unusable(ErrorCode.AUTH_AMBIGUOUS, "more than one credential");
    }
    if (signed) {
      return new Signature();
    }
    if (attested) {
      return new Attested();
    }
    if (authorization.isEmpty()) {
      return new Unusable(ErrorCode.AUTH_MISSING, "no credential");
    }
    return bearer(authorization.get(0), request.operator());
  }

  private static Credential bearer(String header, Optional<OperatorToken> operator) {
    Optional<String> token = BearerHeader.token(header);
    if (token.isEmpty()) {
      return new Unusable(ErrorCode.AUTH_INVALID, "no bearer credential");
    }
    if (!token.get().startsWith(VirtualKeyText.PREFIX)) {
      return operator
          .<Credential>map(Operator::new)
          .orElseGet(() -> new Unusable(ErrorCode.AUTH_INVALID, "no accepted operator token"));
    }
    if (operator.isPresent()) {
      return new Unusable(ErrorCode.AUTH_AMBIGUOUS, "a virtual key beside an operator token");
    }
    return VirtualKeyText.parse(token.get())
        .<Credential>map(Key::new)
        .orElseGet(() -> new Unusable(ErrorCode.AUTH_INVALID, "a malformed virtual key"));
  }
}
