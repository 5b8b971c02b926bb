package io.talos.a2a.rest;

import io.talos.a2a.PublishKeyPackages;
import jakarta.json.bind.annotation.JsonbProperty;

/** What is left of the caller's key packages; schema {@code a2a/key_package_stock.v1}. */
public record KeyPackageStockResponse(
    int available,
    @JsonbProperty("low_stock") boolean lowStock,
    @JsonbProperty("last_resort") boolean lastResort) {

  static KeyPackageStockResponse of(PublishKeyPackages.Stock stock) {
    return new KeyPackageStockResponse(stock.available(), stock.low(), stock.lastResort());
  }
}
