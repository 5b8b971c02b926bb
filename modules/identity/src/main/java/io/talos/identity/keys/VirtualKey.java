package io.talos.identity.keys;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Optional;

/**
 * A virtual key as it is kept, without its secret.
 *
 * @param id the public part
 * @param name what the operator calls it
 * @param pepperId the name of the secret under which the tag was made
 * @param tag 32 bytes, see {@link VirtualKeyText#tag}
 * @param team to which the key belongs
 * @param principal the service account that the key speaks for, a member of {@code team}
 * @param issuedAt when it was made
 * @param expiresAt when it stops being accepted
 * @param revokedAt when an operator ended it before its time
 * @param lastUsedAt a recent use, at most {@link Limits#USE_RESOLUTION} before the last one
 */
public record VirtualKey(
    UuidV7 id,
    String name,
    String pepperId,
    Bytes tag,
    Optional<UuidV7> team,
    Optional<UuidV7> principal,
    Instant issuedAt,
    Instant expiresAt,
    Optional<Instant> revokedAt,
    Optional<Instant> lastUsedAt) {

  /** Checks name, tag and life. */
  public VirtualKey {
    Check.that(isName(name), "a key has a short name without control characters");
    Check.that(
        !pepperId.isEmpty() && pepperId.length() <= Limits.PEPPER_CHARACTERS_MAX,
        "a key names its pepper");
    Check.that(principal.isEmpty() || team.isPresent(), "a service account has a team");
    Check.that(tag.size() == Sha256.SIZE, "a tag has 32 bytes");
    Check.that(expiresAt.isAfter(issuedAt), "a key lives");
  }

  /** Whether {@code text} may be a key's name. */
  public static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= Limits.NAME_CHARACTERS_MAX
        && text.chars().noneMatch(Character::isISOControl);
  }

  /** Whether so much time has passed since the recorded use that this one is worth a write. */
  public boolean useIsWorthRecording(Instant now) {
    return lastUsedAt.isEmpty() || !now.isBefore(lastUsedAt.get().plus(Limits.USE_RESOLUTION));
  }

  /** Why the key is no longer accepted; empty while it is. At its expiry it is not. */
  public Optional<ErrorCode> refusal(Instant now) {
    if (revokedAt.isPresent()) {
      return Optional.of(ErrorCode.AUTH_REVOKED);
    }
    return now.isBefore(expiresAt) ? Optional.empty() : Optional.of(ErrorCode.AUTH_EXPIRED);
  }
}
