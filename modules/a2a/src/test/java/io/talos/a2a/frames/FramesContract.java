package io.talos.a2a.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of frames and inboxes must do. */
public interface FramesContract {
  /** When the examples happen. */
  Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  /** Who sends in the examples. */
  Ed25519.KeyPair SENDER = Ed25519.fromSeed(SecretBytes.of(new byte[Ed25519.SEED_SIZE]));

  /** For whom. */
  String RECIPIENT = "did:key:bob";

  /** Room enough for the examples. */
  InboxQuota ROOM = new InboxQuota(100, 1 << 20);

  /** The store, inside a transaction. */
  Frames frames();

  /** The inboxes that belong to it. */
  Inboxes inboxes();

  /** A session that exists, with no lanes yet; the second is another than the first. */
  UuidV7 session(int number);

  /** The sender's DID. */
  static String sender() {
    return Did.ofKey(SENDER.publicKey()).text();
  }

  /** A frame of {@code size} bytes. */
  static UnverifiedFrame frame(UuidV7 session, long number, int size, Instant end) {
    return Frame.sign(
            SENDER,
            session,
            number,
            new RatchetMessage(Bytes.utf8("h"), Bytes.of(new byte[size])),
            NOW,
            end)
        .content();
  }

  /** A session with a lane from the sender, and the recipient's inbox. */
  default UuidV7 opened(int number) {
    UuidV7 session = session(number);
    inboxes().open(RECIPIENT);
    frames().open(Lane.empty(session, sender(), RECIPIENT));
    return session;
  }

  /** Adds a frame for which there is room. */
  default StoredFrame added(UuidV7 session, long number, int size, Instant end) {
    return frames().add(frame(session, number, size, end), ROOM, NOW).orElseThrow();
  }

  @Test
  default void a_frame_takes_the_next_place_of_its_lane_and_of_the_recipients_inbox() {
    UuidV7 one = opened(0);
    UuidV7 two = opened(1);

    StoredFrame first = added(one, 5, 10, NOW.plusSeconds(60));
    StoredFrame second = added(two, 0, 10, NOW.plusSeconds(60));
    StoredFrame third = added(one, 3, 10, NOW.plusSeconds(60));

    assertThat(List.of(first.position(), second.position(), third.position()))
        .containsExactly(1L, 1L, 2L);
    assertThat(List.of(first.inboxPosition(), second.inboxPosition(), third.inboxPosition()))
        .containsExactly(1L, 2L, 3L);
    assertThat(frames().lane(one, sender())).isEqualTo(new Lane(one, sender(), RECIPIENT, 5, 2));
    assertThat(frames().standing(one, sender(), 3)).isEqualTo(new Standing(5, true));
    assertThat(frames().standing(one, sender(), 4)).isEqualTo(new Standing(5, false));
    assertThat(inboxes().after(RECIPIENT, 0, 10, 1 << 20, NOW))
        .containsExactly(first, second, third);
    assertThat(inboxes().after(sender(), 0, 10, 1 << 20, NOW)).isEmpty();
  }

  @Test
  default void an_inbox_without_room_takes_nothing_and_everything_stays_as_it_was() {
    UuidV7 session = opened(0);
    added(session, 0, 10, NOW.plusSeconds(60));
    UnverifiedFrame next = frame(session, 1, 10, NOW.plusSeconds(60));

    assertThat(frames().add(next, new InboxQuota(1, 100), NOW)).isEmpty();
    assertThat(frames().add(next, new InboxQuota(9, 19), NOW)).isEmpty();

    assertThat(frames().lane(session, sender()))
        .isEqualTo(new Lane(session, sender(), RECIPIENT, 0, 1));
    Optional<StoredFrame> kept = frames().add(next, new InboxQuota(2, 20), NOW);
    assertThat(kept.orElseThrow().inboxPosition()).isEqualTo(2);
  }

  @Test
  default void frames_come_in_order_within_count_and_bytes_and_before_their_expiry() {
    UuidV7 session = opened(0);
    added(session, 9, 100, NOW.plusSeconds(60));
    added(session, 3, 100, NOW.plusSeconds(30));
    added(session, 7, 100, NOW.plusSeconds(60));
    added(session, 1, 100, NOW.plusSeconds(60));
    Frames frames = frames();

    assertThat(positions(frames.after(session, RECIPIENT, 0, 10, 1 << 20, NOW)))
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(positions(frames.after(session, RECIPIENT, 1, 2, 1 << 20, NOW)))
        .containsExactly(2L, 3L);
    assertThat(positions(frames.after(session, RECIPIENT, 0, 10, 101, NOW)))
        .containsExactly(1L, 2L);
    assertThat(positions(frames.after(session, RECIPIENT, 0, 10, 1, NOW))).containsExactly(1L);
    assertThat(positions(frames.after(session, RECIPIENT, 0, 10, 1 << 20, NOW.plusSeconds(30))))
        .containsExactly(1L, 3L, 4L);
    assertThat(frames.after(session, sender(), 0, 10, 1 << 20, NOW)).isEmpty();
    assertThat(inboxes().after(RECIPIENT, 1, 2, 1 << 20, NOW)).hasSize(2);
    assertThat(inboxes().after(RECIPIENT, 0, 10, 101, NOW)).hasSize(2);
    assertThat(inboxes().after(RECIPIENT, 0, 10, 1 << 20, NOW.plusSeconds(30))).hasSize(3);
  }

  @Test
  default void what_is_acknowledged_makes_room_and_ends_after_its_retention() {
    UuidV7 session = opened(0);
    added(session, 0, 10, NOW.plusSeconds(60));
    StoredFrame second = added(session, 1, 10, NOW.plusSeconds(60));
    Inboxes inboxes = inboxes();

    inboxes.acknowledge(RECIPIENT, 1, NOW);
    inboxes.acknowledge(RECIPIENT, 0, NOW);

    assertThat(inboxes.acknowledged(RECIPIENT)).isEqualTo(1);
    assertThat(inboxes.withFramesOver(NOW, NOW.minusMillis(1), 10)).isEmpty();
    assertThat(inboxes.withFramesOver(NOW, NOW, 10)).containsExactly(RECIPIENT);
    assertThat(inboxes.end(RECIPIENT, NOW, NOW, 10)).isEqualTo(1);
    assertThat(inboxes.end(RECIPIENT, NOW, NOW, 10)).isZero();
    assertThat(inboxes.after(RECIPIENT, 0, 10, 1 << 20, NOW)).containsExactly(second);
    assertThat(frames().standing(session, sender(), 0).used()).isTrue();
    assertThat(frames().add(frame(session, 2, 10, NOW.plusSeconds(60)), new InboxQuota(2, 20), NOW))
        .isPresent();
  }

  @Test
  default void a_frame_that_nobody_read_ends_at_its_expiry_and_its_number_stays_used() {
    UuidV7 session = opened(0);
    added(session, 0, 10, NOW.plusSeconds(60));
    Instant end = NOW.plusSeconds(60);
    Inboxes inboxes = inboxes();

    assertThat(inboxes.withFramesOver(end.minusMillis(1), NOW, 10)).isEmpty();
    assertThat(inboxes.withFramesOver(end, NOW, 10)).containsExactly(RECIPIENT);
    assertThat(inboxes.end(RECIPIENT, end, NOW, 10)).isEqualTo(1);

    assertThat(frames().standing(session, sender(), 0).used()).isTrue();
    assertThat(frames().add(frame(session, 1, 10, NOW.plusSeconds(60)), new InboxQuota(1, 10), NOW))
        .isPresent();
  }

  private static List<Long> positions(List<StoredFrame> frames) {
    return frames.stream().map(StoredFrame::position).toList();
  }
}
