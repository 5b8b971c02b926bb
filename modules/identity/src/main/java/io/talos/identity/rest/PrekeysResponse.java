package io.talos.identity.rest;

import io.talos.identity.PublishPrekeys;
import io.talos.identity.prekeys.Limits;

/**
 * What an agent has here.
 *
 * @param lowStock whether it should bring more one-time prekeys
 */
public record PrekeysResponse(String signedPrekeyId, int oneTimePrekeysLeft, boolean lowStock) {
  static PrekeysResponse of(PublishPrekeys.Stock stock) {
    return new PrekeysResponse(
        stock.signedPrekeyId(), stock.left(), stock.left() <= Limits.ONE_TIME_PREKEYS_LOW);
  }
}
