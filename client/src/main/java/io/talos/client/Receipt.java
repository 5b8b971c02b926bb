package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.util.Optional;

/**
 * What the server says of a request beside its answer.
 *
 * @param requestId names the request in the audit log
 * @param admissionId the audit event that recorded it before it was carried out
 */
public record Receipt(Optional<UuidV7> requestId, Optional<UuidV7> admissionId) {
  static Receipt of(Answer answer) {
    return new Receipt(id(answer, "talos-request-id"), id(answer, "talos-admission"));
  }

  private static Optional<UuidV7> id(Answer answer, String header) {
    try {
      return answer.header(header).map(UuidV7::new);
    } catch (TalosException e) {
      // A header that is no id proves nothing; the answer itself may still be used.
      return Optional.empty();
    }
  }
}
