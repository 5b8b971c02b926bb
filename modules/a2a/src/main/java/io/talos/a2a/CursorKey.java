package io.talos.a2a;

import io.talos.a2a.frames.FrameCursor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Holds this node's copy of the key that all nodes authenticate cursors with. Thread safe. */
@ApplicationScoped
public class CursorKey {
  private final @Nullable MakeCursorKey make;
  private volatile @Nullable FrameCursor cursor;

  /** For the container's proxy only. */
  protected CursorKey() {
    make = null;
  }

  @Inject
  CursorKey(MakeCursorKey make) {
    this.make = make;
  }

  /** Cursors under the key, which is asked for once. */
  public FrameCursor cursor() {
    FrameCursor known = cursor;
    if (known == null) {
      if (make == null) {
        throw new IllegalStateException("the proxy's own instance is never called");
      }
      // Two threads may both ask; they get the same key.
      known = new FrameCursor(make.findOrMake());
      cursor = known;
    }
    return known;
  }
}
