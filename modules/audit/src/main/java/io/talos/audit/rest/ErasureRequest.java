package io.talos.audit.rest;

import io.talos.audit.erasure.ErasureTarget;
import io.talos.contracts.id.UuidV7;
import jakarta.json.bind.annotation.JsonbProperty;
import org.jspecify.annotations.Nullable;

/**
 * The body of an erasure; schema {@code audit/erasure_request.v1}, which lets exactly one of the
 * first three through.
 */
public record ErasureRequest(
    @JsonbProperty("event_id") @Nullable String eventId,
    @Nullable String principal,
    @Nullable String operator,
    String reason,
    @Nullable String reference) {

  ErasureTarget target() {
    if (eventId != null) {
      return new ErasureTarget.OfEvent(new UuidV7(eventId));
    }
    if (principal != null) {
      return new ErasureTarget.OfPrincipal(principal);
    }
    if (operator != null) {
      return new ErasureTarget.OfOperator(operator);
    }
    throw new IllegalStateException("the schema wants one of them");
  }
}
