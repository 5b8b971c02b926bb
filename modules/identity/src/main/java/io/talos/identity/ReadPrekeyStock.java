package io.talos.identity;

import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.identity.prekeys.Prekeys;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/**
 * Tells an agent how many of its own prekeys are left, so that it can bring more in time.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_DENIED} for another agent's stock, {@link
 * ErrorCode#PREKEY_UNAVAILABLE} when it published none.
 */
@Dependent
public class ReadPrekeyStock {
  private final Prekeys prekeys;

  @Inject
  ReadPrekeyStock(Prekeys prekeys) {
    this.prekeys = prekeys;
  }

  /** The stock of {@code owner}, which must be the caller. */
  public Outcome<PublishPrekeys.Stock> read(Principal caller, Did owner) {
    if (!owner.text().equals(caller.id())) {
      return Outcome.refused(ErrorCode.TALOS_DENIED);
    }
    return prekeys
        .signed(owner)
        .map(SignedPrekey::id)
        .map(id -> Outcome.done(new PublishPrekeys.Stock(id, prekeys.countOneTime(owner))))
        .orElseGet(() -> Outcome.refused(ErrorCode.PREKEY_UNAVAILABLE));
  }
}
