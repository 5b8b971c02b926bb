package io.talos.a2a.frames;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.RatchetMessage;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of frames must do, in memory and in Postgres. */
public interface FramesContract {
  /** When the examples happen. */
  Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");

  /** Who sends in the examples. */
  Ed25519.KeyPair SENDER = Ed25519.fromSeed(SecretBytes.of(new byte[Ed25519.SEED_SIZE]));

  /** For whom. */
  String RECIPIENT = "did:key:bob";

  /** The store, inside a transaction. */
  Frames frames();

  /** A session that exists, with no lanes yet. */
  UuidV7 session();

  /** The sender's DID. */
  static String sender() {
    return Did.ofKey(SENDER.publicKey()).text();
  }

  /** A frame of {@code size} bytes. */
  static StoredFrame frame(UuidV7 session, long number, long position, int size, Instant end) {
    Frame frame =
        Frame.sign(
            SENDER,
            session,
            number,
            new RatchetMessage(Bytes.utf8("h"), Bytes.of(new byte[size])),
            NOW,
            end);
    return new StoredFrame(frame.content(), RECIPIENT, position, NOW);
  }

  @Test
  default void a_lane_is_found_as_it_was_opened_and_as_it_was_advanced() {
    UuidV7 session = session();
    Frames frames = frames();
    Lane lane = Lane.empty(session, sender(), RECIPIENT);
    frames.open(lane);
    frames.advance(lane.after(5));

    assertThat(frames.lane(session, sender()).recipientId()).isEqualTo(RECIPIENT);
    assertThat(advanced(frames, session)).isEqualTo(lane.after(5));
  }

  /** Reads as another transaction would. */
  default Lane advanced(Frames frames, UuidV7 session) {
    return frames.lane(session, sender());
  }

  @Test
  default void a_number_is_used_once_and_the_first_frame_stays() {
    UuidV7 session = session();
    Frames frames = frames();
    StoredFrame first = frame(session, 0, 1, 10, NOW.plusSeconds(60));

    assertThat(frames.add(first)).isTrue();
    assertThat(frames.add(frame(session, 0, 2, 20, NOW.plusSeconds(60)))).isFalse();

    assertThat(frames.after(session, RECIPIENT, 0, 10, 1 << 20, NOW)).containsExactly(first);
  }

  @Test
  default void frames_come_in_order_within_count_and_bytes_and_before_their_expiry() {
    UuidV7 session = session();
    Frames frames = frames();
    frames.add(frame(session, 9, 1, 100, NOW.plusSeconds(60)));
    frames.add(frame(session, 3, 2, 100, NOW.plusSeconds(30)));
    frames.add(frame(session, 7, 3, 100, NOW.plusSeconds(60)));
    frames.add(frame(session, 1, 4, 100, NOW.plusSeconds(60)));

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
  }

  private static List<Long> positions(List<StoredFrame> frames) {
    return frames.stream().map(StoredFrame::position).toList();
  }
}
