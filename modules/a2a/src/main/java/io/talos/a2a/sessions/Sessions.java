package io.talos.a2a.sessions;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.Optional;

/** Remembers sessions. Every method needs a transaction. */
public interface Sessions {
  /**
   * Makes the caller the session's only writer until its transaction ends.
   *
   * @return false, at once, when somebody else is
   */
  boolean tryLock(UuidV7 session);

  /** The ends of a session; they never change, so no lock is needed. */
  Optional<Participants> participants(UuidV7 session);

  /** The session. Whoever wants to change it takes the lock first. */
  Optional<Session> find(UuidV7 session);

  /** Keeps a new session and the first event of its history. */
  void add(Session.Change opened);

  /** Keeps a change; the caller holds the lock. */
  void change(Session.Change change);

  /** What {@code owner} parked, if anything. */
  Optional<ParkedState> parked(UuidV7 session, String owner);

  /** Parks a state in place of the owner's last one; the caller holds the lock. */
  void park(UuidV7 session, String owner, ParkedState parked, Instant now);
}
