package io.talos.contracts.principal;

import io.talos.contracts.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/** What a caller showed to prove who they are. */
public sealed interface Proof permits Proof.Signature, Proof.Bearer {

  /** The key id or credential id that was used. */
  String keyId();

  /**
   * A signature over the request, which a third party can verify again.
   *
   * @param keyId DID URL of the signing key
   * @param base the exact bytes that were signed (RFC 9421 §2.5)
   * @param signature the Ed25519 signature over {@code base}
   * @param created when the caller says it signed
   */
  record Signature(String keyId, Bytes base, Bytes signature, Instant created) implements Proof {}

  /**
   * A bearer credential, named so that nobody can use the name.
   *
   * @param keyId id of the virtual key, or key id of the token's signer
   * @param agentKey DID URL of the key that attested, when it was an agent's; while the request is
   *     on its way that key may be retired
   */
  record Bearer(String keyId, Optional<String> agentKey) implements Proof {
    /** A credential that no agent's key stands behind. */
    public Bearer(String keyId) {
      this(keyId, Optional.empty());
    }
  }

  /** Answers by the kind of proof. */
  default <R> R match(Function<Signature, R> signature, Function<Bearer, R> bearer) {
    if (this instanceof Signature signed) {
      return signature.apply(signed);
    }
    return bearer.apply((Bearer) this);
  }
}
