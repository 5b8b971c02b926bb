package io.talos.identity.prekeys;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.OneTimePrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.crypto.MlKem768;
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
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The prekeys that an agent wants to leave here; nothing in it is checked yet.
 *
 * @param signed becomes the only signed prekey
 * @param oneTime are added to those that are left
 * @param lastResort becomes the only KEM prekey of last resort
 * @param oneTimeKem are added to those that are left
 */
public record Publication(
    SignedPrekey signed,
    List<OneTimePrekey> oneTime,
    Optional<KemPrekey> lastResort,
    List<KemPrekey> oneTimeKem) {
  /** Copies. */
  public Publication {
    oneTime = List.copyOf(oneTime);
    oneTimeKem = List.copyOf(oneTimeKem);
  }

  /**
   * Why {@code owner} cannot publish these; empty when it can.
   *
   * <p>The signed prekey and every KEM prekey must be signed by the owner, not expired (at their
   * expiry they are) and good for at most {@link Limits#SIGNED_PREKEY_LIFETIME_MAX}. A one-time
   * prekey may be sent again as it was, but an id never names two keys and a key never has two ids.
   * Who speaks a suite with a KEM brings a KEM prekey of last resort.
   *
   * @param key the key that speaks for the owner now
   * @param left the one-time prekeys that the owner has here already
   * @param kemLeft its one-time KEM prekeys
   */
  public Optional<ErrorCode> refusal(
      Did owner, Bytes key, List<OneTimePrekey> left, List<KemPrekey> kemLeft, Instant now) {
    boolean good =
        signed.isSignedBy(owner.text(), key)
            && isTimely(signed.expiresAt(), now)
            && kem().stream()
                .allMatch(
                    kem -> kem.isSignedBy(owner.text(), key) && isTimely(kem.expiresAt(), now))
            && usable()
            && consistentWith(left)
            && consistentWithKem(kemLeft);
    if (!good) {
      return Optional.of(ErrorCode.PREKEY_INVALID);
    }
    if (left.size() + fresh(left).size() > Limits.ONE_TIME_PREKEYS_MAX
        || kemLeft.size() + freshKem(kemLeft).size() > Limits.ONE_TIME_KEM_PREKEYS_MAX) {
      return Optional.of(ErrorCode.TALOS_INVALID_INPUT);
    }
    return Optional.empty();
  }

  private static boolean isTimely(Instant end, Instant now) {
    return now.isBefore(end) && !end.isAfter(now.plus(Limits.SIGNED_PREKEY_LIFETIME_MAX));
  }

  /** All KEM prekeys. */
  public List<KemPrekey> kem() {
    return Stream.concat(lastResort.stream(), oneTimeKem.stream()).toList();
  }

  /** Those that are not in {@code left} already. */
  public List<OneTimePrekey> fresh(List<OneTimePrekey> left) {
    return oneTime.stream().filter(prekey -> !left.contains(prekey)).toList();
  }

  /** Those that are not in {@code left} already. */
  public List<KemPrekey> freshKem(List<KemPrekey> left) {
    return oneTimeKem.stream().filter(prekey -> !left.contains(prekey)).toList();
  }

  private boolean usable() {
    boolean needsKem = signed.suites().holds(Suite.TALOS_PQXDH_2) || !oneTimeKem.isEmpty();
    return X25519.isPublicKey(signed.publicKey())
        && oneTime.stream().map(OneTimePrekey::publicKey).allMatch(X25519::isPublicKey)
        && (lastResort.isPresent() || !needsKem)
        && kem().stream().map(KemPrekey::publicKey).allMatch(MlKem768::isPublicKey);
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

  private boolean consistentWithKem(List<KemPrekey> left) {
    Set<String> ids = new HashSet<>();
    Set<Bytes> keys = new HashSet<>();
    return Stream.of(lastResort.stream(), left.stream(), freshKem(left).stream())
        .flatMap(Function.identity())
        .allMatch(prekey -> ids.add(prekey.id()) && keys.add(prekey.publicKey()));
  }
}
