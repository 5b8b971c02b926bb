package io.talos.a2a.frames;

import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Remembers frames. Every method needs a transaction. */
public interface Frames {
  /** Begins a direction of a new session. */
  void open(Lane lane);

  /** A direction of an existing session. */
  Lane lane(UuidV7 session, String sender);

  /** Where a direction stands for the number {@code senderSeq}; the caller holds the lock. */
  Standing standing(UuidV7 session, String sender, long senderSeq);

  /**
   * Keeps a frame and gives it its places: the next of its direction, and the next of the
   * recipient's inbox. The inbox is the caller's alone until its transaction ends, so that places
   * are given without gaps and in the order of commits.
   *
   * <p>The caller holds the session's lock and has found the number unused.
   *
   * @return empty when the inbox has no room for it; nothing was kept then
   */
  Optional<StoredFrame> add(UnverifiedFrame frame, InboxQuota quota, Instant acceptedAt);

  /**
   * The recipient's frames after {@code position} that have not expired, in order: at most {@code
   * limit}, and no more after their ciphertexts have reached {@code bytesMax} together.
   */
  List<StoredFrame> after(
      UuidV7 session, String recipient, long position, int limit, long bytesMax, Instant now);
}
