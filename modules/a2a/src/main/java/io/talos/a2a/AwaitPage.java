package io.talos.a2a;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.AgentDirectory;
import io.talos.runtime.waiting.Limits;
import io.talos.runtime.waiting.Reader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Waits for what is sent without holding a thread: answers with the first page that holds
 * something, or with the empty one when the time is over. What came before or while it began to
 * wait is not missed.
 *
 * <p>Refuses with: what fetching refuses with, {@link ErrorCode#A2A_TOO_MANY_READERS} when there is
 * no place to wait, {@link ErrorCode#AUTH_REVOKED} or {@link ErrorCode#PRINCIPAL_SUSPENDED} when
 * the reader may no longer act.
 */
@Dependent
public class AwaitPage {
  private final WaitingReaders readers;
  private final AgentDirectory agents;
  private final InstantSource clock;

  @Inject
  AwaitPage(WaitingReaders readers, AgentDirectory agents, InstantSource clock) {
    this.readers = readers;
    this.agents = agents;
    this.clock = clock;
  }

  /** Some of what was sent. */
  public interface Page {
    /** Whether there is nothing on it. */
    boolean isEmpty();

    /** To go on from; also when there is nothing more yet. */
    String nextCursor();
  }

  /** Takes the answer, once. */
  public interface Answer<P> {
    /** A page or a refusal. */
    void give(Outcome<P> outcome);

    /** Something is broken. */
    void fail(RuntimeException fault);
  }

  /** Fetches from a cursor. */
  public interface Fetch<P> extends Function<Optional<String>, Outcome<P>> {}

  /**
   * Answers with what there is for {@code actor} after {@code cursor}.
   *
   * @param most at most {@value Limits#WAIT_SECONDS_MAX} seconds; zero does not wait
   */
  public <P extends Page> void await(
      String actor, Duration most, Fetch<P> fetch, Optional<String> cursor, Answer<P> answer) {
    Check.that(most.toSeconds() <= Limits.WAIT_SECONDS_MAX, "a wait is bounded");
    Outcome<P> first = fetch.apply(cursor);
    Optional<P> empty =
        first.match(
            page -> page.isEmpty() ? Optional.of(page) : Optional.empty(),
            code -> Optional.empty());
    if (most.isZero() || empty.isEmpty()) {
      answer.give(first);
      return;
    }
    Reader poll = new Poll<>(actor, clock.instant().plus(most), fetch, empty.get(), answer);
    if (!readers.get().enter(actor, poll)) {
      answer.give(Outcome.refused(ErrorCode.A2A_TOO_MANY_READERS));
    }
  }

  private final class Poll<P extends Page> implements Reader {
    private final String actor;
    private final Instant end;
    private final Fetch<P> fetch;
    private final P empty;
    private final Answer<P> answer;

    Poll(String actor, Instant end, Fetch<P> fetch, P empty, Answer<P> answer) {
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
      Outcome<P> found;
      try {
        found =
            agents
                .refuses(actor)
                .map(Outcome::<P>refused)
                .orElseGet(() -> fetch.apply(Optional.of(empty.nextCursor())));
      } catch (RuntimeException e) {
        // Whatever it is, the caller waits for an answer and is told as if it had not waited.
        answer.fail(e);
        return false;
      }
      boolean nothing = found.match(page -> page.isEmpty(), code -> false);
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
