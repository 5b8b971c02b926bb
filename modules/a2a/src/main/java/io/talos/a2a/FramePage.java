package io.talos.a2a;

import io.talos.a2a.frames.StoredFrame;
import java.util.List;

/**
 * Some frames.
 *
 * @param frames in order
 * @param nextCursor to go on from; also when there is nothing more yet
 */
public record FramePage(List<StoredFrame> frames, String nextCursor) implements AwaitPage.Page {
  /** Copies. */
  public FramePage {
    frames = List.copyOf(frames);
  }

  @Override
  public boolean isEmpty() {
    return frames.isEmpty();
  }
}
