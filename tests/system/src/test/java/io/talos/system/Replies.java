package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import java.util.Objects;

/** What the client library brought back, as a test needs it. */
final class Replies {
  private Replies() {}

  static <T> Reply.Granted<T> granted(Reply<T> reply) {
    if (reply instanceof Reply.Granted<T> done) {
      return done;
    }
    throw new AssertionError("refused: " + reply);
  }

  static <T> T value(Reply<T> reply) {
    return granted(reply).value();
  }

  static Refusal refused(Reply<?> reply, ErrorCode code) {
    assertThat(reply).isInstanceOf(Reply.Refused.class);
    Refusal refusal = ((Reply.Refused<?>) reply).refusal();
    assertThat(refusal.code()).isEqualTo(code.name());
    assertThat(refusal.status()).isEqualTo(code.httpStatus());
    return refusal;
  }

  static UuidV7 admission(Reply<?> reply) {
    return reply.receipt().admissionId().orElseThrow();
  }

  static UuidV7 request(Refusal refusal) {
    return refusal.receipt().requestId().orElseThrow();
  }

  static UuidV7 request(Http.Answer answer) {
    return new UuidV7(Objects.requireNonNull(answer.headers().get("talos-request-id")));
  }
}
