package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.SignedNote;
import java.util.Optional;

/**
 * What the server says of a request beside its answer.
 *
 * @param requestId names the request in the audit log
 * @param admissionId the audit event that recorded it before it was carried out
 * @param signed what the server signed about that event; nothing is proved before {@link
 *     AdmissionReceipt#open}. Keep {@link SignedNote#encoded} to prove later what was acknowledged
 */
public record Receipt(
    Optional<UuidV7> requestId, Optional<UuidV7> admissionId, Optional<SignedNote> signed) {
  private static final Receipt NONE =
      new Receipt(Optional.empty(), Optional.empty(), Optional.empty());

  /** Of a server that says nothing. */
  public static Receipt none() {
    return NONE;
  }

  static Receipt of(Answer answer) {
    return new Receipt(id(answer, "talos-request-id"), id(answer, "talos-admission"), note(answer));
  }

  private static Optional<UuidV7> id(Answer answer, String header) {
    try {
      return answer.header(header).map(UuidV7::new);
    } catch (TalosException e) {
      // A header that is no id proves nothing; the answer itself may still be used.
      return Optional.empty();
    }
  }

  private static Optional<SignedNote> note(Answer answer) {
    try {
      return answer.header(AdmissionReceipt.HEADER).map(AdmissionReceipt::note);
    } catch (TalosException e) {
      // As above: what is no receipt proves nothing.
      return Optional.empty();
    }
  }
}
