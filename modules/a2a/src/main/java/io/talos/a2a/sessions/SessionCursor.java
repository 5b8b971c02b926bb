package io.talos.a2a.sessions;

import io.talos.a2a.paging.CursorSeal;
import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.UUID;

/** The last session on a page of a list; good for one reader and one choice of state only. */
public final class SessionCursor {
  private static final int SIZE = 2 * Long.BYTES;

  private final CursorSeal seal;

  /** Cursors under a seal. */
  public SessionCursor(CursorSeal seal) {
    this.seal = seal;
  }

  /** The cursor after {@code last}. */
  public String encode(String reader, Optional<SessionState> state, UuidV7 last) {
    UUID id = last.uuid();
    byte[] place =
        ByteBuffer.allocate(SIZE)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return seal.seal(purpose(reader, state), Bytes.of(place));
  }

  /** The session that {@code cursor} stands for; empty when it was not made for this list. */
  public Optional<UuidV7> decode(String reader, Optional<SessionState> state, String cursor) {
    return seal.open(purpose(reader, state), SIZE, cursor)
        .map(place -> new UuidV7(new UUID(place.longAt(0), place.longAt(Long.BYTES)).toString()));
  }

  private static String purpose(String reader, Optional<SessionState> state) {
    return "talos:session-cursor:v1\n" + state.map(SessionState::wire).orElse("") + "\n" + reader;
  }
}
