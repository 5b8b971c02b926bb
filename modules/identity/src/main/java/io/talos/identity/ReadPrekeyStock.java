package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.identity.prekeys.KemPrekeys;
import io.talos.identity.prekeys.Prekeys;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells an agent how many of its own prekeys are left, so that it can bring more in time.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_DENIED} for another agent's stock, {@link
 * ErrorCode#PREKEY_UNAVAILABLE} when it published none.
 */
@Dependent
public class ReadPrekeyStock {
  private final Prekeys prekeys;
  private final KemPrekeys kemPrekeys;
  private final InstantSource clock;

  @Inject
  ReadPrekeyStock(Prekeys prekeys, KemPrekeys kemPrekeys, InstantSource clock) {
    this.prekeys = prekeys;
    this.kemPrekeys = kemPrekeys;
    this.clock = clock;
  }

  /** The stock of {@code owner}, which must be the caller. */
  public Outcome<PublishPrekeys.Stock> read(Principal caller, Did owner) {
    if (!owner.text().equals(caller.id())) {
      return Outcome.refused(ErrorCode.TALOS_DENIED);
    }
    Instant now = clock.instant();
    return prekeys
        .signed(owner)
        .map(
            signed ->
                Outcome.done(
                    new PublishPrekeys.Stock(
                        signed, prekeys.countOneTime(owner), kemPrekeys.countOneTime(owner, now))))
        .orElseGet(() -> Outcome.refused(ErrorCode.PREKEY_UNAVAILABLE));
  }
}
