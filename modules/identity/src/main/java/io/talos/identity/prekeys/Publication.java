package io.talos.identity.prekeys;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The prekeys that an agent wants to leave here; nothing in it is checked yet.
 *
 * @param signed becomes the only signed prekey
 * @param oneTime are added to those that are left
 */
public record Publication(SignedPrekey signed, List<OneTimePrekey> oneTime) {
  /** Copies. */
  public Publication {
    oneTime = List.copyOf(oneTime);
  }

  /**
   * Why {@code owner} cannot publish these; empty when it can.
   *
   * <p>The signed prekey must be signed by the owner, not expired (at its expiry it is) and good
   * for at most {@link Limits#SIGNED_PREKEY_LIFETIME_MAX}. A one-time prekey may be sent again as
   * it was, but an id never names two keys and a key never has two ids.
   *
   * @param key the key that speaks for the owner now
   * @param left the one-time prekeys that the owner has here already
   */
  public Optional<ErrorCode> refusal(Did owner, Bytes key, List<OneTimePrekey> left, Instant now) {
    boolean good =
        signed.isSignedBy(owner.text(), key)
            && !signed.isExpired(now)
            && !signed.expiresAt().isAfter(now.plus(Limits.SIGNED_PREKEY_LIFETIME_MAX))
            && usable()
            && consistentWith(left);
    if (!good) {
      return Optional.of(ErrorCode.PREKEY_INVALID);
    }
    if (left.size() + fresh(left).size() > Limits.ONE_TIME_PREKEYS_MAX) {
      return Optional.of(ErrorCode.TALOS_INVALID_INPUT);
    }
    return Optional.empty();
  }

  /** Those that are not in {@code left} already. */
  public List<OneTimePrekey> fresh(List<OneTimePrekey> left) {
    return oneTime.stream().filter(prekey -> !left.contains(prekey)).toList();
  }

  private boolean usable() {
    return X25519.isPublicKey(signed.publicKey())
        && oneTime.stream().map(OneTimePrekey::publicKey).allMatch(X25519::isPublicKey);
  }

  private boolean consistentWith(List<OneTimePrekey> left) {
    Map<String, Bytes> keys = new HashMap<>();
    Set<Bytes> seen = new HashSet<>(Set.of(signed.publicKey()));
    List<OneTimePrekey> all = Stream.concat(left.stream(), fresh(left).stream()).toList();
    return all.stream()
        .allMatch(
            prekey ->
                keys.put(prekey.id(), prekey.publicKey()) == null && seen.add(prekey.publicKey()));
  }
}
