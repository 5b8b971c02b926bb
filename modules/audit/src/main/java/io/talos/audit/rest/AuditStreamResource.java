package io.talos.audit.rest;

import io.talos.audit.AwaitEvents;
import io.talos.audit.FollowLog;
import io.talos.audit.Reading;
import io.talos.audit.event.LogCursor;
import io.talos.audit.tree.Limits;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /audit/stream}: events as they enter the log. */
@Path("/audit/stream")
@Dependent
@Produces(MediaType.SERVER_SENT_EVENTS)
public class AuditStreamResource {
  private static final int PAGE = 100;
  private static final int WAIT_SECONDS_MAX = io.talos.runtime.waiting.Limits.WAIT_SECONDS_MAX;

  /** A stream has no end. */
  private static final Set<String> FILTERS = withoutEnd();

  private final AwaitEvents awaitEvents;
  private final FollowLog followLog;
  private final CurrentRequest current;

  /** Delegates to the operations. */
  @Inject
  public AuditStreamResource(AwaitEvents awaitEvents, FollowLog followLog, CurrentRequest current) {
    this.awaitEvents = awaitEvents;
    this.followLog = followLog;
    this.current = current;
  }

  private static Set<String> withoutEnd() {
    Set<String> filters = new HashSet<>(EventFilter.NAMES);
    filters.remove("to");
    return Set.copyOf(filters);
  }

  /**
   * The next page of events as soon as there is one. An event source goes on by its last id,
   * whatever it began with; who asked for the past may be as far behind as it likes.
   */
  @GET
  public void stream(
      @Suspended AsyncResponse answer,
      @Context UriInfo uri,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId) {
    Asked asked = Asked.of(uri, FILTERS, "cursor", "limit", "wait");
    EventFilter filter = asked.filter();
    boolean past = asked.text("cursor").isPresent() || filter.from().isPresent();
    AwaitEvents.Wish wish =
        new AwaitEvents.Wish(
            filter,
            past ? Long.MAX_VALUE : Limits.BEHIND_MAX,
            asked.number("limit", 1, Limits.PAGE_MAX, PAGE),
            current.require().principal());
    Duration wait = Duration.ofSeconds(asked.number("wait", 0, WAIT_SECONDS_MAX, WAIT_SECONDS_MAX));
    Optional<LogCursor> last =
        Optional.ofNullable(lastEventId).or(() -> asked.text("cursor")).map(LogCursor::parse);
    Given given = new Given(answer);
    last.<Reading<LogCursor>>map(Reading.Found::new)
        .orElseGet(() -> followLog.begin(filter))
        .match(
            from -> {
              awaitEvents.await(wish, from, wait, given);
              return true;
            },
            code -> answer.resume(Problem.of(code).response()));
  }

  private record Given(AsyncResponse answer) implements AwaitEvents.Answer {
    @Override
    public void give(Reading<FollowLog.Page> reading) {
      Response response = reading.match(page -> events(StreamText.of(page)), Given::refuse);
      answer.resume(response);
    }

    /** A reader that is too slow is told within its stream, where event sources look. */
    private static Response refuse(ErrorCode code) {
      return code == ErrorCode.AUDIT_SLOW_CONSUMER
          ? events(StreamText.end(code))
          : Problem.of(code).response();
    }

    private static Response events(String text) {
      return Response.ok(text, MediaType.SERVER_SENT_EVENTS)
          .header("Cache-Control", "no-store")
          .build();
    }

    @Override
    public void fail(RuntimeException fault) {
      answer.resume(fault);
    }
  }
}
