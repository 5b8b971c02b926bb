package io.talos.identity;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.VirtualKeyIssued;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import io.talos.identity.keys.Limits;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeyText;
import io.talos.identity.keys.VirtualKeys;
import io.talos.identity.ops.IdentitySettings;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Makes a bearer key for a program that cannot sign. The key is given back once; what is kept does
 * not tell it.
 *
 * <p>It expires when asked, at most {@link Limits#LIFETIME_MAX} from now, or after the configured
 * lifetime. Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} for name or expiry. Audited as
 * {@code virtual_key.issued}.
 */
@Dependent
public class IssueVirtualKey {
  private final VirtualKeys keys;
  private final VirtualKeyPepper pepper;
  private final UuidV7Generator ids;
  private final Randomness randomness;
  private final IdentitySettings settings;
  private final Event<VirtualKeyIssued> issued;
  private final InstantSource clock;

  @Inject
  IssueVirtualKey(
      VirtualKeys keys,
      VirtualKeyPepper pepper,
      UuidV7Generator ids,
      Randomness randomness,
      IdentitySettings settings,
      Event<VirtualKeyIssued> issued,
      InstantSource clock) {
    this.keys = keys;
    this.pepper = pepper;
    this.ids = ids;
    this.randomness = randomness;
    this.settings = settings;
    this.issued = issued;
    this.clock = clock;
  }

  /**
   * A new key.
   *
   * @param text the whole key; whoever takes this closes it
   */
  public record Issued(VirtualKey key, VirtualKeyText text) {}

  /** Issues a key with this name. */
  @Transactional
  public Outcome<Issued> issue(String name, Optional<Instant> expiresAt) {
    Instant now = WireTime.cut(clock.instant());
    Instant end = expiresAt.orElseGet(() -> now.plus(settings.virtualKeyLifetime()));
    if (!VirtualKey.isName(name)
        || !end.isAfter(now)
        || end.isAfter(now.plus(Limits.LIFETIME_MAX))) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    VirtualKeyText text = VirtualKeyText.fresh(ids.next(now), randomness);
    VirtualKey key = new VirtualKey(text.id(), name, tag(text), now, end, Optional.empty());
    keys.add(key);
    issued.fire(new VirtualKeyIssued(key.id(), name, end));
    return Outcome.done(new Issued(key, text));
  }

  private Bytes tag(VirtualKeyText text) {
    try (SecretBytes secret = pepper.forIssuing()) {
      return text.tag(secret);
    }
  }
}
