package io.talos.a2a.rest;

import io.talos.a2a.AwaitPage;
import io.talos.a2a.Outcome;
import io.talos.runtime.rest.Problem;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/**
 * Answers a request for a page, from whatever thread the answer comes.
 *
 * @param form how the page is written
 */
record PageAnswer<P>(AsyncResponse answer, Function<P, Object> form)
    implements AwaitPage.Answer<P> {
  @Override
  public void give(Outcome<P> outcome) {
    Response response =
        outcome.match(
            page -> Response.ok(form.apply(page)).build(), code -> Problem.of(code).response());
    answer.resume(response);
  }

  @Override
  public void fail(RuntimeException fault) {
    answer.resume(fault);
  }
}
