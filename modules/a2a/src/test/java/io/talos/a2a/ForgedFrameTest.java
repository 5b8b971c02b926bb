package io.talos.a2a;

import static io.talos.a2a.Stage.done;
import static io.talos.a2a.Stage.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.sessions.Session;
import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.FrameAccepted;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Somebody sends what is not theirs, or where nothing may be sent. */
@Threat("T-IMPERSONATION-01")
class ForgedFrameTest {
  private final Stage stage = new Stage();
  private final Session session = stage.active();

  @Test
  void bob_cannot_send_in_alices_name() {
    Frame alices = stage.frame(stage.aliceKey, session.id(), 0);

    refused(
        stage.send.send(session.id(), stage.bob, alices.content()),
        ErrorCode.A2A_MEMBER_NOT_ALLOWED);
  }

  @Test
  void a_frame_that_claims_alice_but_is_signed_by_bob_is_refused() {
    Frame alices = stage.frame(stage.aliceKey, session.id(), 0);
    Frame bobs = stage.frame(stage.bobKey, session.id(), 0);
    UnverifiedFrame forged =
        UnverifiedFrame.fromJson(
            Json.createObjectBuilder(alices.toJson())
                .add("signature", bobs.toJson().getString("signature"))
                .build());

    refused(
        stage.send.send(session.id(), stage.alice, forged), ErrorCode.A2A_FRAME_SIGNATURE_INVALID);
  }

  @Test
  void a_frame_of_one_session_is_not_taken_in_another() {
    Session other = stage.active();
    Frame frame = stage.frame(stage.aliceKey, other.id(), 0);

    refused(
        stage.send.send(session.id(), stage.alice, frame.content()),
        ErrorCode.A2A_SESSION_ID_MISMATCH);
  }

  @Test
  void nothing_is_sent_before_the_session_is_accepted_or_after_it_is_closed() {
    Session pending = stage.pending();
    refused(stage.sends(stage.aliceKey, pending.id(), 0), ErrorCode.A2A_SESSION_STATE_INVALID);

    done(stage.close.close(session.id(), stage.alice));
    refused(stage.sends(stage.aliceKey, session.id(), 0), ErrorCode.A2A_SESSION_STATE_INVALID);
  }

  @Test
  void an_expired_frame_is_neither_taken_nor_handed_out() {
    done(stage.sends(stage.aliceKey, session.id(), 0));
    Frame late = stage.frame(stage.aliceKey, session.id(), 1);
    stage.now = late.content().expiresAt();

    assertThat(refusal(stage.send.send(session.id(), stage.alice, late.content())))
        .contains(ErrorCode.A2A_FRAME_EXPIRED);
    assertThat(done(stage.fetch.fetch(session.id(), stage.bob, Optional.empty(), 10)).frames())
        .isEmpty();
  }

  @Test
  void a_revoked_agent_sends_nothing_more() {
    stage.register(stage.aliceKey, false);

    refused(stage.sends(stage.aliceKey, session.id(), 0), ErrorCode.A2A_MEMBER_NOT_ALLOWED);
  }

  @Test
  void while_somebody_else_changes_the_session_a_frame_waits_for_its_sender_to_try_again() {
    stage.sessions.lockedElsewhere.add(session.id());
    refused(stage.sends(stage.aliceKey, session.id(), 0), ErrorCode.A2A_LOCK_CONTENTION);

    stage.sessions.lockedElsewhere.clear();
    done(stage.sends(stage.aliceKey, session.id(), 0));
  }

  @Test
  void the_recipient_gets_the_frames_in_the_order_of_arrival_and_the_sender_none_of_its_own() {
    for (long number : new long[] {2, 0, 1}) {
      done(stage.sends(stage.aliceKey, session.id(), number));
    }

    FramePage first = done(stage.fetch.fetch(session.id(), stage.bob, Optional.empty(), 2));
    FramePage second =
        done(stage.fetch.fetch(session.id(), stage.bob, Optional.of(first.nextCursor()), 2));

    assertThat(first.frames()).extracting(StoredFrame::position).containsExactly(1L, 2L);
    assertThat(first.frames())
        .extracting(stored -> stored.content().senderSeq())
        .containsExactly(2L, 0L);
    assertThat(second.frames())
        .extracting(stored -> stored.content().senderSeq())
        .containsExactly(1L);
    assertThat(done(stage.fetch.fetch(session.id(), stage.alice, Optional.empty(), 10)).frames())
        .isEmpty();
  }

  @Test
  void a_page_ends_when_its_bytes_are_used_up_but_always_holds_one_frame() {
    for (long number = 0; number < 3; number++) {
      Frame large =
          Frame.sign(
              stage.aliceKey,
              session.id(),
              number,
              new RatchetMessage(Bytes.utf8("h"), Bytes.of(new byte[1 << 20])),
              stage.now,
              stage.now.plusSeconds(60));
      done(stage.send.send(session.id(), stage.alice, large.content()));
    }

    assertThat(done(stage.fetch.fetch(session.id(), stage.bob, Optional.empty(), 10)).frames())
        .hasSize(1);
  }

  @Test
  void the_audit_log_holds_ids_sizes_and_digests_and_nothing_of_the_frame() {
    Frame frame = stage.frame(stage.aliceKey, session.id(), 0);
    done(stage.send.send(session.id(), stage.alice, frame.content()));

    List<FrameAccepted> events =
        stage.audit.stream()
            .filter(FrameAccepted.class::isInstance)
            .map(FrameAccepted.class::cast)
            .toList();

    assertThat(events).hasSize(1);
    String facts = events.get(0).facts().meta().toString();
    assertThat(facts)
        .contains(frame.content().frameDigest())
        .doesNotContain(frame.toJson().getString("ciphertext_b64u"))
        .doesNotContain(frame.toJson().getString("header_b64u"));
  }

  private void refused(Outcome<?> outcome, ErrorCode code) {
    assertThat(refusal(outcome).orElseThrow()).isEqualTo(code);
    assertThat(stage.frames.frames).isEmpty();
    assertThat(stage.audit).noneMatch(FrameAccepted.class::isInstance);
  }
}
