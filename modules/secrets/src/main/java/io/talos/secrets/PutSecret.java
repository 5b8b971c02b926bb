package io.talos.secrets;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SecretStored;
import io.talos.secrets.envelope.Envelope;
import io.talos.secrets.envelope.SealedSecret;
import io.talos.secrets.envelope.SecretName;
import io.talos.secrets.store.SecretStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Seals a value as the next version of an operator's secret and deletes the version before it.
 *
 * <p>Callers on several nodes take their turns; each gets a version of its own.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} for a name that no operator may use.
 * Audited as {@code secret.stored}, which names the version and never the value.
 */
@Dependent
public class PutSecret {
  private final SecretStore secrets;
  private final Envelope envelope;
  private final Event<SecretStored> stored;
  private final InstantSource clock;

  @Inject
  PutSecret(
      SecretStore secrets, Envelope envelope, Event<SecretStored> stored, InstantSource clock) {
    this.secrets = secrets;
    this.envelope = envelope;
    this.stored = stored;
    this.clock = clock;
  }

  /** Stores {@code value}, 1 to 65,536 bytes, which stays the caller's to close. */
  @Transactional
  public Result put(String name, SecretBytes value) {
    Instant now = clock.instant();
    Optional<SecretName> allowed = SecretName.ofOperator(name);
    if (allowed.isEmpty()) {
      return new Refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    return store(allowed.get(), value, now);
  }

  private Stored store(SecretName name, SecretBytes value, Instant now) {
    secrets.lock(name);
    long version = 1 + secrets.find(name).map(SealedSecret::version).orElse(0L);
    SealedSecret sealed = envelope.seal(name, version, value);
    secrets.replace(sealed, now);
    stored.fire(new SecretStored(name.text(), version, sealed.kekId().text()));
    return new Stored(name.text(), version, sealed.kekId().text());
  }

  /** Stored, or why not. */
  public sealed interface Result permits Stored, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Stored, R> stored, Function<Refused, R> refused) {
      if (this instanceof Stored kept) {
        return stored.apply(kept);
      }
      return refused.apply((Refused) this);
    }
  }

  /** The secret now has this version, sealed under this key. */
  public record Stored(String name, long version, String kekId) implements Result {}

  /** Nothing was stored. */
  public record Refused(ErrorCode code) implements Result {}
}
