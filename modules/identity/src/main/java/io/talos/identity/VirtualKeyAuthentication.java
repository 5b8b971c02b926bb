package io.talos.identity;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.RequestAuthentication.Authenticated;
import io.talos.contracts.port.RequestAuthentication.Refused;
import io.talos.contracts.port.RequestAuthentication.Result;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.principal.Proof;
import io.talos.identity.authentication.Roles;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeyText;
import io.talos.identity.keys.VirtualKeys;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;

/**
 * Knows callers by their virtual keys.
 *
 * <p>An unknown id costs the same steps as a known one with a wrong secret: a look-up, a pepper,
 * one HMAC and one comparison; and both get the same answer. Only whoever holds the secret learns
 * that a key has ended.
 */
@Dependent
public class VirtualKeyAuthentication {
  private static final Bytes NO_TAG = Bytes.of(new byte[Sha256.SIZE]);

  private final VirtualKeys keys;
  private final VirtualKeyPepper pepper;
  private final MemberStanding standing;

  @Inject
  VirtualKeyAuthentication(VirtualKeys keys, VirtualKeyPepper pepper, MemberStanding standing) {
    this.keys = keys;
    this.pepper = pepper;
    this.standing = standing;
  }

  /** Authenticates the holder of {@code text}; the use is recorded. */
  Result authenticate(VirtualKeyText text, Instant now) {
    String keyId = Principal.CLIENT_PREFIX + text.id().text();
    Optional<VirtualKey> known = keys.find(text.id());
    String pepperId = known.map(VirtualKey::pepperId).orElse(pepper.current());
    Bytes tag = known.map(VirtualKey::tag).orElse(NO_TAG);
    boolean held = isHeld(text, pepperId, tag);
    if (known.isEmpty() || !held) {
      return new Refused(ErrorCode.AUTH_INVALID, "no such virtual key", Optional.of(keyId));
    }
    VirtualKey key = known.get();
    Optional<ErrorCode> ended = key.refusal(now);
    if (ended.isPresent()) {
      return new Refused(ended.get(), "the virtual key has ended", Optional.of(keyId));
    }
    Result caller = member(key, keyId);
    if (caller instanceof Authenticated && key.useIsWorthRecording(now)) {
      keys.used(key.id(), now);
    }
    return caller;
  }

  private Result member(VirtualKey key, String keyId) {
    Authenticated caller =
        new Authenticated(
            new Principal(PrincipalKind.CLIENT, keyId, Roles.CLIENT, AuthMode.BEARER),
            new Proof.Bearer(key.id().text()));
    if (key.principal().isPresent()) {
      return standing.ofServiceAccount(caller, key.principal().get());
    }
    return key.team().map(team -> standing.ofTeam(caller, team)).orElse(caller);
  }

  private boolean isHeld(VirtualKeyText text, String pepperId, Bytes tag) {
    Optional<SecretBytes> secret = pepper.forChecking(pepperId);
    if (secret.isEmpty()) {
      return false;
    }
    try (SecretBytes open = secret.get()) {
      return text.hasTag(open, tag);
    }
  }
}
