package io.talos.identity.rest;

import io.talos.identity.PublishPrekeys;

/** What an agent has here. */
public record PrekeysResponse(String signedPrekeyId, int oneTimePrekeysLeft) {
  static PrekeysResponse of(PublishPrekeys.Stock stock) {
    return new PrekeysResponse(stock.signedPrekeyId(), stock.left());
  }
}
