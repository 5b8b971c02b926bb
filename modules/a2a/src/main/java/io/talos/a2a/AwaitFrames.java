package io.talos.a2a;

import io.talos.a2a.waiting.Limits;
import io.talos.a2a.waiting.Reader;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.AgentDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits for frames without holding a thread: answers with the first page that holds something, or
 * with the empty one when the time is over. Frames that came before or while it began to wait are
 * not missed.
 *
 * <p>Refuses with: what fetching refuses with, {@link ErrorCode#A2A_TOO_MANY_READERS} when there is
 * no place to wait, {@link ErrorCode#AUTH_REVOKED} or {@link ErrorCode#PRINCIPAL_SUSPENDED} when
 * the reader may no longer act.
 */
@Dependent
public class AwaitFrames {
  private final WaitingReaders readers;
  private final AgentDirectory agents;
  private final InstantSource clock;

  @Inject
  AwaitFrames(WaitingReaders readers, AgentDirectory agents, InstantSource clock) {
    this.readers = readers;
    this.agents = agents;
    this.clock = clock;
  }

  /** Takes the answer, once. */
  public interface Answer {
    /** A page or a refusal. */
    void give(Outcome<FramePage> outcome);

    /** Something is broken. */
    void fail(RuntimeException fault);
  }

  /** Fetches from a cursor. */
  public interface Fetch extends Function<Optional<String>, Outcome<FramePage>> {}

  /**
   * Answers with frames for {@code actor} after {@code cursor}.
   *
   * @param most at most {@value Limits#WAIT_SECONDS_MAX} seconds; zero does not wait
   */
  public void await(
      String actor, Duration most, Fetch fetch, Optional<String> cursor, Answer answer) {
    Check.that(most.toSeconds() <= Limits.WAIT_SECONDS_MAX, "a wait is bounded");
    Outcome<FramePage> first = fetch.apply(cursor);
    Optional<FramePage> empty =
        first.match(
            page -> page.frames().isEmpty() ? Optional.of(page) : Optional.empty(),
            code -> Optional.empty());
    if (most.isZero() || empty.isEmpty()) {
      answer.give(first);
      return;
    }
    Reader poll = new Poll(actor, clock.instant().plus(most), fetch, empty.get(), answer);
    if (!readers.get().enter(actor, poll)) {
      answer.give(Outcome.refused(ErrorCode.A2A_TOO_MANY_READERS));
    }
  }

  private final class Poll implements Reader {
    private final String actor;
    private final Instant end;
    private final Fetch fetch;
    private final FramePage empty;
    private final Answer answer;

    Poll(String actor, Instant end, Fetch fetch, FramePage empty, Answer answer) {
      this.actor = actor;
      this.end = end;
      this.fetch = fetch;
      this.empty = empty;
      this.answer = answer;
    }

    @Override
    public Instant due() {
      return end;
    }

    @Override
    public boolean look(Instant now) {
      Outcome<FramePage> found;
      try {
        found =
            agents
                .refuses(actor)
                .map(Outcome::<FramePage>refused)
                .orElseGet(() -> fetch.apply(Optional.of(empty.nextCursor())));
      } catch (RuntimeException e) {
        // Whatever it is, the caller waits for an answer and is told as if it had not waited.
        answer.fail(e);
        return false;
      }
      boolean nothing = found.match(page -> page.frames().isEmpty(), code -> false);
      if (nothing && now.isBefore(end)) {
        return true;
      }
      answer.give(found);
      return false;
    }

    @Override
    public void end() {
      answer.give(Outcome.done(empty));
    }
  }
}
