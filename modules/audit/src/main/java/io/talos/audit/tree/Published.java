package io.talos.audit.tree;

import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;

/**
 * A checkpoint that was signed, with its note.
 *
 * @param note the signed note over {@code checkpoint}
 */
public record Published(Checkpoint checkpoint, SignedNote note) {
  /** Reads a note that this server signed or will verify. */
  public static Published of(SignedNote note) {
    return new Published(Checkpoint.parse(note.text()), note);
  }
}
