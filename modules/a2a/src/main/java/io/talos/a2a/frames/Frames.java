package io.talos.a2a.frames;

import io.talos.contracts.id.UuidV7;
import java.time.Instant;
import java.util.List;

/** Remembers frames. Every method needs a transaction. */
public interface Frames {
  /** Begins a direction of a new session. */
  void open(Lane lane);

  /** A direction of an existing session; the caller holds the session's lock. */
  Lane lane(UuidV7 session, String sender);

  /**
   * Keeps a frame; the caller holds the session's lock.
   *
   * @return false when the sender used this number before; nothing was kept then
   */
  boolean add(StoredFrame frame);

  /** Keeps where a direction stands; the caller holds the session's lock. */
  void advance(Lane lane);

  /**
   * The recipient's frames after {@code position} that have not expired, in order: at most {@code
   * limit}, and no more after their ciphertexts have reached {@code bytesMax} together.
   */
  List<StoredFrame> after(
      UuidV7 session, String recipient, long position, int limit, long bytesMax, Instant now);
}
