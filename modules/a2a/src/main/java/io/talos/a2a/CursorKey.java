package io.talos.a2a;

import io.talos.a2a.frames.FrameCursor;
import io.talos.a2a.groups.GroupCursor;
import io.talos.a2a.paging.CursorSeal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Holds this node's copy of the key that all nodes authenticate cursors with. Thread safe. */
@ApplicationScoped
public class CursorKey {
  private final @Nullable MakeCursorKey make;
  private volatile @Nullable CursorSeal seal;

  /** For the container's proxy only. */
  protected CursorKey() {
    make = null;
  }

  @Inject
  CursorKey(MakeCursorKey make) {
    this.make = make;
  }

  /** The seal under the key, which is asked for once. */
  public CursorSeal seal() {
    CursorSeal known = seal;
    if (known == null) {
      if (make == null) {
        throw new IllegalStateException("the proxy's own instance is never called");
      }
      // Two threads may both ask; they get the same key.
      known = new CursorSeal(make.findOrMake());
      seal = known;
    }
    return known;
  }

  /** Cursors of one session's frames. */
  public FrameCursor cursor() {
    return new FrameCursor(seal());
  }

  /** Cursors of one of a group's lists. */
  public GroupCursor of(GroupCursor.What what) {
    return new GroupCursor(seal(), what);
  }
}
