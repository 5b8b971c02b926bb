package io.talos.audit.erasure;

import io.talos.contracts.id.UuidV7;
import java.util.List;

/** Where openings are deleted, and what was deleted is kept. */
public interface ErasureRows {
  /**
   * Deletes value and salt of at most {@code most} members and notes that they are gone, both or
   * neither; what was deleted before stays as it was noted then.
   *
   * @return what this call deleted; each member is deleted by one call only
   */
  List<ErasedMember> erase(ErasureTarget target, Erasure erasure, int most);

  /** What was erased of an event, in the order of names. */
  List<ErasedMember> erased(UuidV7 eventId);
}
