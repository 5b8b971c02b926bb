package io.talos.contracts.port;

import io.talos.contracts.id.UuidV7;

/** Signs what a caller may keep to prove that its request was admitted. Answered by audit. */
@FunctionalInterface
public interface AdmissionReceipts {
  /**
   * The receipt of the admission that the current request has just committed, as the header holds
   * it.
   *
   * @throws IllegalStateException when that admission is not durable
   */
  String of(UuidV7 admissionId);
}
