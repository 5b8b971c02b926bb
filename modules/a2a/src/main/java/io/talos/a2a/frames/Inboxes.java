package io.talos.a2a.frames;

import java.time.Instant;
import java.util.List;

/**
 * Remembers what waits for each recipient across its sessions. Every method needs a transaction.
 */
public interface Inboxes {
  /** Begins the inbox of an agent that may have one already. */
  void open(String agent);

  /** Up to where {@code agent} has acknowledged; 0 when it has not. */
  long acknowledged(String agent);

  /**
   * The agent's frames after {@code position} that have not expired, in order: at most {@code
   * limit}, and no more after their ciphertexts have reached {@code bytesMax} together.
   */
  List<StoredFrame> after(String agent, long position, int limit, long bytesMax, Instant now);

  /** Everything up to {@code position} is acknowledged; less than before changes nothing. */
  void acknowledge(String agent, long position, Instant now);

  /**
   * Agents with frames that are over: expired at {@code now}, or acknowledged at {@code readBefore}
   * or earlier.
   */
  List<String> withFramesOver(Instant now, Instant readBefore, int most);

  /**
   * Removes header and ciphertext of at most {@code most} such frames of one agent, and the rows
   * whose numbers the sequence window refuses anyway.
   *
   * @return how many frames ended
   */
  int end(String agent, Instant now, Instant readBefore, int most);
}
