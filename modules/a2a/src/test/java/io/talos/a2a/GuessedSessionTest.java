package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Session;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.registry.Threat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory guesses the id of a session that is not hers. */
@Threat("T-IMPERSONATION-01")
class GuessedSessionTest {
  private final Stage stage = new Stage();
  private final Session session = stage.active();
  private final UuidV7 nothing = new UuidV7Generator(Randomness.secure()).next(stage.now);

  @Test
  void everything_she_tries_is_answered_as_if_the_session_did_not_exist() {
    int audited = stage.audit.size();

    for (UuidV7 id : new UuidV7[] {session.id(), nothing}) {
      for (Outcome<?> outcome :
          new Outcome<?>[] {
            stage.read.read(id, stage.mallory),
            stage.accept.accept(id, stage.mallory, Optional.empty()),
            stage.rotate.rotate(id, stage.mallory, Optional.empty()),
            stage.close.close(id, stage.mallory),
            stage.sends(stage.malloryKey, id, 0),
            stage.fetch.fetch(id, stage.mallory, Optional.empty(), 10),
            stage.history.read(id, stage.mallory, 0, 10)
          }) {
        assertThat(refusal(outcome)).contains(ErrorCode.A2A_SESSION_NOT_FOUND);
      }
    }

    assertThat(stage.audit).hasSize(audited);
    assertThat(stage.sessions.find(session.id())).contains(session);
    assertThat(stage.frames.frames).isEmpty();
  }

  @Test
  void she_does_not_learn_of_it_by_its_being_busy() {
    stage.sessions.lockedElsewhere.add(session.id());

    assertThat(refusal(stage.close.close(session.id(), stage.mallory)))
        .contains(ErrorCode.A2A_SESSION_NOT_FOUND);
    assertThat(refusal(stage.close.close(session.id(), stage.alice)))
        .contains(ErrorCode.A2A_LOCK_CONTENTION);
    assertThat(stage.sessions.find(session.id())).contains(session);
  }

  @Test
  void what_alice_parked_is_shown_to_alice_alone() {
    Bytes blob = Bytes.utf8("sealed by alice");
    ParkedState parked = new ParkedState(blob, Sha256.hex(blob), 1);
    done(stage.rotate.rotate(session.id(), stage.alice, Optional.of(parked)));

    assertThat(done(stage.read.read(session.id(), stage.alice)).parked()).contains(parked);
    assertThat(done(stage.read.read(session.id(), stage.bob)).parked()).isEmpty();
  }
}
