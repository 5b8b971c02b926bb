package io.talos.a2a.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.Optional;
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
    assertThat(sessions().tryLock(opened.session().id())).isTrue();
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
  default void a_parked_state_is_its_owners_and_the_last_one_wins() {
    Session.Change opened = example();
    UuidV7 id = opened.session().id();
    Sessions sessions = sessions();
    sessions.add(opened);
    for (String text : new String[] {"first", "second"}) {
      Bytes blob = Bytes.utf8(text);
      sessions.park(id, "did:key:alice", new ParkedState(blob, Sha256.hex(blob)), NOW);
    }

    assertThat(sessions.parked(id, "did:key:alice").orElseThrow().blob())
        .isEqualTo(Bytes.utf8("second"));
    assertThat(sessions.parked(id, "did:key:bob")).isEmpty();
  }
}
