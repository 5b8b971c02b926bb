package io.talos.a2a.sessions;

import io.talos.contracts.id.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers sessions. Every method needs a transaction. */
public interface Sessions {
  /**
   * Makes the caller the session's only writer until its transaction ends.
   *
   * @return false when somebody else is for longer than {@code atMost}
   */
  boolean lock(UuidV7 session, Duration atMost);

  /**
   * Makes the caller the only one who opens sessions for {@code agent} until its transaction ends.
   *
   * @return false when somebody else is for longer than {@code atMost}
   */
  boolean lockOpener(String agent, Duration atMost);

  /** How many sessions {@code agent} asked for that are not over; counts to {@code most}. */
  int openedBy(String agent, Instant now, int most);

  /** The ends of a session; they never change, so no lock is needed. */
  Optional<Participants> participants(UuidV7 session);

  /** The session. Whoever wants to change it takes the lock first. */
  Optional<Session> find(UuidV7 session);

  /**
   * Sessions that {@code agent} takes part in, by id.
   *
   * @param state only those in this state at {@code now}
   * @param after only those with a greater id
   */
  List<Session> of(
      String agent, Optional<SessionState> state, Optional<UuidV7> after, int limit, Instant now);

  /** At most {@code limit} events of a session's history, from the place {@code from} on. */
  List<SessionEvent> history(UuidV7 session, long from, int limit);

  /** Keeps a new session and the first event of its history. */
  void add(Session.Change opened);

  /** Keeps a change; the caller holds the lock. */
  void change(Session.Change change);

  /** What {@code owner} parked, if anything. */
  Optional<ParkedState> parked(UuidV7 session, String owner);

  /**
   * Parks a state in place of the owner's last one; the caller holds the lock.
   *
   * @return false when the last one has the same counter or a higher one; it stays then
   */
  boolean park(UuidV7 session, String owner, ParkedState parked, Instant now);

  /**
   * Removes initial message, parked states and the traces of frames of at most {@code most}
   * sessions that ended at {@code endedBefore} or earlier; their histories stay.
   *
   * @return how many were swept
   */
  int sweep(Instant endedBefore, int most);
}
