package io.talos.a2a.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store of sessions must do, in memory and in Postgres. */
public interface SessionsContract {
  /** When the examples happen. */
  Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  /** The store, inside a transaction. */
  Sessions sessions();

  /** A new session that nobody else knows. */
  static Session.Change example() {
    UuidV7Generator ids = new UuidV7Generator(Randomness.secure());
    UuidV7 id = ids.next(NOW);
    SessionEvent event =
        new SessionEvent(
            ids.next(NOW),
            id,
            0,
            "did:key:alice",
            SessionEvent.Type.SESSION_OPENED,
            NOW,
            JsonValue.EMPTY_JSON_OBJECT,
            Optional.empty());
    Session session =
        new Session(
            id,
            new Participants("did:key:alice", "did:key:bob"),
            Suite.TALOS_X3DH_2,
            Bytes.utf8("opaque"),
            SessionState.PENDING,
            NOW,
            NOW.plusSeconds(60),
            1,
            event.digest());
    return new Session.Change(session, event);
  }

  @Test
  default void a_session_that_was_never_added_is_not_found() {
    UuidV7 id = example().session().id();

    assertThat(sessions().find(id)).isEmpty();
    assertThat(sessions().participants(id)).isEmpty();
    assertThat(sessions().parked(id, "did:key:alice")).isEmpty();
  }

  @Test
  default void a_session_is_found_as_it_was_added() {
    Session.Change opened = example();
    sessions().add(opened);

    assertThat(sessions().find(opened.session().id())).contains(opened.session());
    assertThat(sessions().participants(opened.session().id()))
        .contains(opened.session().participants());
    assertThat(sessions().lock(opened.session().id(), Duration.ofMillis(1))).isTrue();
  }

  @Test
  default void a_session_is_found_as_it_was_changed() {
    Session.Change opened = example();
    Sessions sessions = sessions();
    sessions.add(opened);
    UuidV7 eventId = new UuidV7Generator(Randomness.secure()).next(NOW);
    Session.Change accepted =
        opened
            .session()
            .after(
                SessionEvent.Type.SESSION_ACCEPTED,
                SessionState.ACTIVE,
                eventId,
                "did:key:bob",
                JsonValue.EMPTY_JSON_OBJECT,
                NOW.plusSeconds(1));
    sessions.change(accepted);

    assertThat(found(sessions, opened.session().id())).isEqualTo(accepted.session());
  }

  /** Reads as another transaction would. */
  default Session found(Sessions sessions, UuidV7 id) {
    return sessions.find(id).orElseThrow();
  }

  @Test
  default void a_parked_state_is_its_owners_and_its_counter_only_rises() {
    Session.Change opened = example();
    UuidV7 id = opened.session().id();
    Sessions sessions = sessions();
    sessions.add(opened);

    assertThat(sessions.park(id, "did:key:alice", state("first", 3), NOW)).isTrue();
    assertThat(sessions.park(id, "did:key:alice", state("older", 2), NOW)).isFalse();
    assertThat(sessions.park(id, "did:key:alice", state("same", 3), NOW)).isFalse();
    assertThat(sessions.parked(id, "did:key:alice")).contains(state("first", 3));
    assertThat(sessions.park(id, "did:key:alice", state("second", 4), NOW)).isTrue();

    assertThat(sessions.parked(id, "did:key:alice")).contains(state("second", 4));
    assertThat(sessions.parked(id, "did:key:bob")).isEmpty();
  }

  private static ParkedState state(String text, long counter) {
    Bytes blob = Bytes.utf8(text);
    return new ParkedState(blob, Sha256.hex(blob), counter);
  }

  @Test
  default void an_agents_sessions_are_listed_by_id_and_by_their_state_now() {
    Session.Change one = example();
    Session.Change two = example();
    Sessions sessions = sessions();
    sessions.add(two);
    sessions.add(one);
    List<UuidV7> ids = Stream.of(one, two).map(c -> c.session().id()).sorted().toList();
    Instant end = one.session().expiresAt();

    assertThat(ids(sessions, "did:key:bob", Optional.empty(), Optional.empty(), NOW))
        .containsSubsequence(ids);
    assertThat(ids(sessions, "did:key:alice", Optional.empty(), Optional.of(ids.get(0)), NOW))
        .contains(ids.get(1))
        .doesNotContain(ids.get(0));
    assertThat(
            ids(sessions, "did:key:bob", Optional.of(SessionState.PENDING), Optional.empty(), NOW))
        .containsSubsequence(ids);
    assertThat(
            ids(sessions, "did:key:bob", Optional.of(SessionState.PENDING), Optional.empty(), end))
        .doesNotContainAnyElementsOf(ids);
    assertThat(
            ids(sessions, "did:key:bob", Optional.of(SessionState.EXPIRED), Optional.empty(), end))
        .containsSubsequence(ids);
    assertThat(ids(sessions, "did:key:mallory", Optional.empty(), Optional.empty(), NOW)).isEmpty();
  }

  private static List<UuidV7> ids(
      Sessions sessions,
      String agent,
      Optional<SessionState> state,
      Optional<UuidV7> after,
      Instant now) {
    return sessions.of(agent, state, after, 100, now).stream().map(Session::id).toList();
  }

  @Test
  default void a_session_that_is_over_for_long_keeps_its_history_alone() {
    Session.Change opened = example();
    UuidV7 id = opened.session().id();
    Sessions sessions = sessions();
    sessions.add(opened);
    sessions.park(id, "did:key:alice", state("first", 1), NOW);
    Instant end = opened.session().expiresAt();

    assertThat(sessions.sweep(end.minusMillis(1), 100)).isZero();
    assertThat(sessions.sweep(end, 100)).isEqualTo(1);
    assertThat(sessions.sweep(end, 100)).isZero();

    assertThat(found(sessions, id).initialMessage()).isEqualTo(Bytes.empty());
    assertThat(sessions.parked(id, "did:key:alice")).isEmpty();
    assertThat(sessions.history(id, 0, 10)).containsExactly(opened.event());
  }
}
