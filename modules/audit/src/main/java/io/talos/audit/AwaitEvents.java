package io.talos.audit;

import io.talos.audit.event.LogCursor;
import io.talos.contracts.Check;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.runtime.waiting.Limits;
import io.talos.runtime.waiting.Reader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Waits for events without holding a thread: answers with the first page that holds some, or with
 * the empty one when the time is over.
 *
 * <p>Refuses with: what {@link FollowLog} refuses with, {@link ErrorCode#AUDIT_TOO_MANY_READERS}
 * when there is no place to wait, {@link ErrorCode#AUTH_REVOKED} or {@link
 * ErrorCode#PRINCIPAL_SUSPENDED} when an agent may no longer act.
 */
@Dependent
public class AwaitEvents {
  private final FollowLog followLog;
  private final WaitingFollowers followers;
  private final AgentDirectory agents;
  private final InstantSource clock;

  @Inject
  AwaitEvents(
      FollowLog followLog, WaitingFollowers followers, AgentDirectory agents, InstantSource clock) {
    this.followLog = followLog;
    this.followers = followers;
    this.agents = agents;
    this.clock = clock;
  }

  /**
   * What a reader follows.
   *
   * @param behindMax a reader further behind than this many entries is too slow
   * @param limit most events of one page
   */
  public record Wish(EventFilter filter, long behindMax, int limit, Principal reader) {}

  /** Takes the answer, once. */
  public interface Answer {
    /** A page or a refusal. */
    void give(Reading<FollowLog.Page> reading);

    /** Something is broken. */
    void fail(RuntimeException fault);
  }

  /**
   * Answers with what comes after {@code from}.
   *
   * @param most at most {@value Limits#WAIT_SECONDS_MAX} seconds; zero does not wait
   */
  public void await(Wish wish, LogCursor from, Duration most, Answer answer) {
    Check.that(most.toSeconds() <= Limits.WAIT_SECONDS_MAX, "a wait is bounded");
    Reading<FollowLog.Page> first = read(wish, from);
    Optional<FollowLog.Page> idle = idle(first);
    if (most.isZero() || idle.isEmpty()) {
      answer.give(first);
      return;
    }
    Reader waiting = new Waiting(wish, clock.instant().plus(most), idle.get(), answer);
    if (!followers.get().enter(wish.reader().id(), waiting)) {
      answer.give(new Reading.Refused<>(ErrorCode.AUDIT_TOO_MANY_READERS));
    }
  }

  private Reading<FollowLog.Page> read(Wish wish, LogCursor from) {
    return followLog.read(wish.filter(), from, wish.behindMax(), wish.limit(), wish.reader());
  }

  private static Optional<FollowLog.Page> idle(Reading<FollowLog.Page> reading) {
    return reading.match(
        page -> page.isIdle() ? Optional.of(page) : Optional.empty(), code -> Optional.empty());
  }

  private final class Waiting implements Reader {
    private final Wish wish;
    private final Instant end;
    private final Answer answer;
    private FollowLog.Page idle;

    Waiting(Wish wish, Instant end, FollowLog.Page idle, Answer answer) {
      this.wish = wish;
      this.end = end;
      this.idle = idle;
      this.answer = answer;
    }

    @Override
    public Instant due() {
      return end;
    }

    @Override
    public boolean look(Instant now) {
      Reading<FollowLog.Page> found;
      try {
        found =
            refusal()
                .<Reading<FollowLog.Page>>map(Reading.Refused::new)
                .orElseGet(() -> read(wish, idle.next()));
      } catch (RuntimeException e) {
        // Whatever it is, the caller waits for an answer and is told as if it had not waited.
        answer.fail(e);
        return false;
      }
      Optional<FollowLog.Page> nothing = idle(found);
      if (nothing.isPresent() && now.isBefore(end)) {
        idle = nothing.get();
        return true;
      }
      answer.give(found);
      return false;
    }

    private Optional<ErrorCode> refusal() {
      return wish.reader().kind() == PrincipalKind.AGENT
          ? agents.refuses(wish.reader().id())
          : Optional.empty();
    }

    @Override
    public void end() {
      answer.give(new Reading.Found<>(idle));
    }
  }
}
