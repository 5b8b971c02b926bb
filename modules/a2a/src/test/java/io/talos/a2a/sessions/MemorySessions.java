package io.talos.a2a.sessions;

import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.ArrayList;
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
  public boolean tryLock(UuidV7 session) {
    return !lockedElsewhere.contains(session);
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
  public void park(UuidV7 session, String owner, ParkedState state, Instant now) {
    parked.put(List.of(session, owner), state);
  }
}
