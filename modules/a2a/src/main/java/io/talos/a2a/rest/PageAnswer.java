package io.talos.a2a.rest;

import io.talos.a2a.AwaitPage;
import io.talos.a2a.Outcome;
import io.talos.runtime.rest.Problem;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/**
 * Answers a request for a page, from whatever thread the answer comes.
 *
 * @param form how the page is written
 * @param type of what is written
 */
record PageAnswer<P>(AsyncResponse answer, Function<P, Object> form, String type)
    implements AwaitPage.Answer<P> {
  /** An answer in JSON. */
  static <P> PageAnswer<P> json(AsyncResponse answer, Function<P, Object> form) {
    return new PageAnswer<>(answer, form, MediaType.APPLICATION_JSON);
  }

  @Override
  public void give(Outcome<P> outcome) {
    Response response =
        outcome.match(
            page -> Response.ok(form.apply(page), type).build(),
            code -> Problem.of(code).response());
    answer.resume(response);
  }

  @Override
  public void fail(RuntimeException fault) {
    answer.resume(fault);
  }
}
