package io.talos.a2a.rest;

import io.talos.a2a.AwaitFrames;
import io.talos.a2a.FramePage;
import io.talos.a2a.Outcome;
import io.talos.runtime.rest.Problem;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;

/**
 * Answers a request for frames, from whatever thread the answer comes.
 *
 * @param form how the page is written
 */
record PageAnswer(AsyncResponse answer, Function<FramePage, FramePageResponse> form)
    implements AwaitFrames.Answer {
  @Override
  public void give(Outcome<FramePage> outcome) {
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
