package io.talos.a2a.sessions;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Sessions in memory, for one thread. */
public final class MemorySessions implements Sessions {
  private final Map<UuidV7, Session> sessions = new HashMap<>();
  private final Map<List<Object>, ParkedState> parked = new HashMap<>();

  /** Every event, in order. */
  public final List<SessionEvent> events = new ArrayList<>();

  /** Sessions that somebody else is changing. */
  public final Set<UuidV7> lockedElsewhere = new HashSet<>();

  @Override
  public boolean lock(UuidV7 session, Duration atMost) {
    return !lockedElsewhere.contains(session);
  }

  @Override
  public boolean lockOpener(String agent, Duration atMost) {
    return true;
  }

  @Override
  public int openedBy(String agent, Instant now, int most) {
    return (int)
        sessions.values().stream()
            .filter(session -> session.participants().initiator().equals(agent))
            .filter(session -> session.stateAt(now) != SessionState.CLOSED)
            .filter(session -> session.stateAt(now) != SessionState.EXPIRED)
            .limit(most)
            .count();
  }

  @Override
  public List<Session> of(
      String agent, Optional<SessionState> state, Optional<UuidV7> after, int limit, Instant now) {
    return sessions.values().stream()
        .filter(session -> session.participants().include(agent))
        .filter(session -> state.isEmpty() || session.stateAt(now) == state.get())
        .filter(session -> after.isEmpty() || session.id().compareTo(after.get()) > 0)
        .sorted(Comparator.comparing(Session::id))
        .limit(limit)
        .toList();
  }

  @Override
  public List<SessionEvent> history(UuidV7 session, long from, int limit) {
    return events.stream()
        .filter(event -> event.sessionId().equals(session) && event.sequence() >= from)
        .limit(limit)
        .toList();
  }

  @Override
  public Optional<Participants> participants(UuidV7 session) {
    return find(session).map(Session::participants);
  }

  @Override
  public Optional<Session> find(UuidV7 session) {
    return Optional.ofNullable(sessions.get(session));
  }

  @Override
  public void add(Session.Change opened) {
    Check.that(sessions.put(opened.session().id(), opened.session()) == null, "it is new");
    events.add(opened.event());
  }

  @Override
  public void change(Session.Change change) {
    Session old = find(change.session().id()).orElseThrow();
    Check.that(old.events() + 1 == change.session().events(), "it is the next change");
    sessions.put(old.id(), change.session());
    events.add(change.event());
  }

  @Override
  public Optional<ParkedState> parked(UuidV7 session, String owner) {
    return Optional.ofNullable(parked.get(List.of(session, owner)));
  }

  @Override
  public boolean park(UuidV7 session, String owner, ParkedState state, Instant now) {
    Optional<ParkedState> last = parked(session, owner);
    if (last.isPresent() && last.get().counter() >= state.counter()) {
      return false;
    }
    parked.put(List.of(session, owner), state);
    return true;
  }

  @Override
  public int sweep(Instant endedBefore, int most) {
    int swept = 0;
    for (Session session : List.copyOf(sessions.values())) {
      if (swept < most
          && !end(session).isAfter(endedBefore)
          && !session.initialMessage().isEmpty()) {
        sessions.put(session.id(), emptied(session));
        parked.keySet().removeIf(key -> key.get(0).equals(session.id()));
        swept++;
      }
    }
    return swept;
  }

  private Instant end(Session session) {
    return session.state() == SessionState.CLOSED
        ? events.stream()
            .filter(event -> event.sessionId().equals(session.id()))
            .map(SessionEvent::time)
            .max(Comparator.naturalOrder())
            .orElseThrow()
        : session.expiresAt();
  }

  private static Session emptied(Session session) {
    return new Session(
        session.id(),
        session.participants(),
        session.suite(),
        Bytes.empty(),
        session.state(),
        session.createdAt(),
        session.expiresAt(),
        session.events(),
        session.digest());
  }
}
