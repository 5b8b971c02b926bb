package io.talos.identity.rest;

import io.talos.identity.PublishPrekeys;

/**
 * What an agent has here.
 *
 * @param lowStock whether it should bring more one-time prekeys
 */
public record PrekeysResponse(
    String signedPrekeyId, int oneTimePrekeysLeft, int oneTimeKemPrekeysLeft, boolean lowStock) {
  static PrekeysResponse of(PublishPrekeys.Stock stock) {
    return new PrekeysResponse(stock.signed().id(), stock.left(), stock.kemLeft(), stock.isLow());
  }
}
