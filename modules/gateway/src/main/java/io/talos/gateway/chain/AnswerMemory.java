package io.talos.gateway.chain;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.Traffic;
import io.talos.gateway.GatewayLog;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is kept of an answer to a request with an idempotency key.
 *
 * <p>A server fault frees the key, so that the request may be tried again, and so does a refusal
 * that tells the caller to try again: it changed nothing. An answer that must not be stored (it
 * shows a secret once) is not kept; who repeats the request is told so instead of having it run
 * twice. When the limiter store is away the caller still gets the answer.
 */
@Dependent
class AnswerMemory {
  private static final int FIRST_SERVER_FAULT = 500;

  /** Failures after which an upstream may have done what was asked; never tried again by itself. */
  private static final Set<ErrorCode> MAY_HAVE_RUN =
      Set.of(
          ErrorCode.UPSTREAM_TIMEOUT,
          ErrorCode.UPSTREAM_5XX,
          ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE);

  private final Traffic traffic;

  @Inject
  AnswerMemory(Traffic traffic) {
    this.traffic = traffic;
  }

  /** An answer whose body is still to be written. */
  record Kept(Traffic.Claim claim, int status) {}

  /** Keeps what can be kept now; answers what must be kept when the body is written. */
  Optional<Kept> prepare(
      Traffic.Claim claim, ContainerResponseContext response, boolean showsSecret) {
    if (claim.idempotencyKey().isEmpty()) {
      return Optional.empty();
    }
    if (mayRunAgain(response)) {
      forgive(() -> traffic.release(claim.requestId()));
      return Optional.empty();
    }
    if (showsSecret) {
      Problem untold = Problem.of(ErrorCode.IDEMPOTENT_ANSWER_NOT_KEPT);
      keep(
          claim,
          new Traffic.Answer(
              untold.code().httpStatus(),
              Problem.MEDIA_TYPE,
              Bytes.utf8(untold.json().toString())));
      return Optional.empty();
    }
    if (!response.hasEntity()) {
      keep(claim, new Traffic.Answer(response.getStatus(), "", Bytes.empty()));
      return Optional.empty();
    }
    return Optional.of(new Kept(claim, response.getStatus()));
  }

  private static boolean mayRunAgain(ContainerResponseContext response) {
    if (response.getEntity() instanceof Problem problem) {
      return !MAY_HAVE_RUN.contains(problem.code())
          && (problem.code().retryable() || response.getStatus() >= FIRST_SERVER_FAULT);
    }
    return response.getStatus() >= FIRST_SERVER_FAULT;
  }

  /** Keeps an answer. */
  void keep(Traffic.Claim claim, Traffic.Answer answer) {
    forgive(() -> traffic.remember(claim, answer));
  }

  private static void forgive(Runnable memory) {
    try {
      memory.run();
    } catch (TalosException e) {
      GatewayLog.answerNotKept(e);
    }
  }
}
