package io.talos.audit.anchors;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Timestamps;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.runtime.http.GuardedHttp;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Has a checkpoint's digest stamped by an authority; the token is kept only after everything about
 * it was checked.
 *
 * <p>Source: RFC 3161 §3.4 (over HTTP).
 *
 * <p>Refuses with: {@link ErrorCode#TIMESTAMP_INVALID}, {@link ErrorCode#UPSTREAM_4XX}, {@link
 * ErrorCode#UPSTREAM_5XX} and what {@link Web} refuses with.
 */
public final class TimestampLane implements Lane {
  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  private final AnchorSettings.Tsa tsa;
  private final Web web;
  private final Randomness randomness;

  /** A lane to {@code tsa}. */
  public TimestampLane(AnchorSettings.Tsa tsa, Web web, Randomness randomness) {
    this.tsa = tsa;
    this.web = web;
    this.randomness = randomness;
  }

  @Override
  public AnchorKind kind() {
    return AnchorKind.RFC3161;
  }

  @Override
  public Progress advance(Task task, Instant now) {
    Timestamps.Request request = Timestamps.request(Anchor.digest(task.note().text()), randomness);
    GuardedHttp.Answer answer =
        web.send(
            new GuardedHttp.Ask(
                "POST",
                tsa.url(),
                Map.of(
                    "Content-Type", "application/timestamp-query",
                    "Accept", "application/timestamp-reply"),
                request.der()));
    if (answer.status() != OK) {
      throw new TalosException(
          answer.status() >= SERVER_ERROR ? ErrorCode.UPSTREAM_5XX : ErrorCode.UPSTREAM_4XX,
          "the authority answers " + answer.status());
    }
    Bytes token = Timestamps.token(request, answer.body(), tsa.trusted());
    return Progress.done(
        List.of(new Evidence(String.valueOf(tsa.url().getHost()), Anchor.rfc3161(token, now))));
  }
}
